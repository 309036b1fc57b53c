"""oversight: asks questions about what the others did (卫民发〔2019〕21号 三(二); domain §9).

Decides: whether an indicator is met, with which evidence, and how soon the question must be answered.
Hears: FirstPostingEnded, ApplicationForwarded, ApplicationForwardedV1, DeathReported, SecondPostingStarted, SecondPostingEnded, ApprovalBlocked, DecisionIssued, AwardGranted, AwardGrantedV1, AwardAdjusted, AwardStopped, TaperGranted, AwardResumed, PersonalAwardGranted, PersonalAwardAdjusted, RunOpened, RunChecked, RunConfirmed, PaymentInstructed, PaymentPaid, PaymentReturned, RecoveryOpened, RecoveryDecided, RecoveryWithdrawn, EmergencyReported, PaperworkFellOverdue, PaperworkDone, AdvanceGranted, FollowUpGranted, ReliefClosed, RequestAccepted, RequestGranted, StaffingFellShort, StaffingRecovered
Says: FlagRaised, FlagSettled
Does not: change anyone's money or decide a case: a flag is a question.
"""  # noqa: E501 -- the charter has one line for each heading
