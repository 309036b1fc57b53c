"""eligibility: who is entitled to rural dibao, in which class, for how much, and since when (卫民发〔2019〕21号).

Decides: determinations under the rule set of the decision date; the county's approval or refusal; awards and their lines.
Hears: ApplicationForwarded, ApplicationWithdrawn, DeathReported
Says: DeterminationMade, ApprovalBlocked, ApplicationReturned, CountyVisitRecorded, SecondPostingStarted, SecondPostingObjected, SecondPostingEnded, DecisionIssued, AwardGranted, AwardAdjusted, AwardStopped, LedgerCompared, LedgerTaskOpened, LedgerTaskClosed
Does not: move money, nor find out facts: it takes what the township forwarded.
"""  # noqa: E501 -- the charter has one line for each heading
