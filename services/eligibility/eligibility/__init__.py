"""eligibility: who is entitled to dibao and the other programmes, in which class, for how much, and since when (卫民发〔2019〕21号).

Decides: determinations under the rule set of the decision date; the county's approval or refusal, whom it visits; awards, their lines and their life; what a changed standard does; what a comparison of ledgers asks.
Hears: ApplicationForwarded, ApplicationWithdrawn, DeathReported
Says: DeterminationMade, ApprovalBlocked, ApplicationReturned, CountyVisitRecorded, SecondPostingStarted, SecondPostingObjected, SecondPostingEnded, DecisionIssued, DecisionPublished, AwardGranted, AwardAdjusted, AwardStopped, AwardSuspended, AwardResumed, TaperGranted, AwardTransferred, HouseholdSplit, InterventionProposed, NoticeServed, PersonHeard, ReviewDue, ReviewOverdue, ReviewRecorded, ChangeReported, SuspensionEnding, StatutoryTermNearing, StatutoryTermPassed, StandardSet, RedeterminationProposed, RedeterminationApproved, RedeterminationExecuted, RescreeningFound, PersonalDeterminationMade, PersonalPostingStarted, PersonalPostingObjected, PersonalPostingEnded, PersonalDecisionIssued, PersonalAwardGranted, PersonalAwardAdjusted, PersonalHearingHeld, PersonalAwardQuestioned, LedgerCompared, LedgerTaskOpened, LedgerTaskClosed
Does not: move money, nor find out facts: it takes what the township forwarded.
"""  # noqa: E501 -- the charter has one line for each heading
