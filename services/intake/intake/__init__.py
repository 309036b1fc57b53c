"""intake: the one window, from the written application to the county's desk.

Decides: whether an application is complete, surveyed, assessed and posted as 民发〔2012〕220号 wants it.
Hears: DecisionIssued, ApplicationReturned
Says: ApplicationSubmitted, ApplicationSubmittedV1, CorrectionRequested, ApplicationAccepted, ApplicationNotAccepted, ApplicationWithdrawn, ApplicationTerminated, MatchingCompleted, ApplicationRefusedAfterMatching, HomeVisited, AssessmentHeld, ApplicationReviewed, FirstPostingStarted, FirstPostingObjected, FirstPostingEnded, ApplicationForwarded, ApplicationForwardedV1, DeathReported
Does not: say who is entitled, or how much.
"""  # noqa: E501 -- the charter has one line for each heading
