"""payments: money leaves once, through three people's hands, and every line is followed to the account (domain §8).

Decides: what is put into a run, who may let it go, whether a line may go again, what the bank's answer means, and what was overpaid and comes back.
Hears: AwardGranted, AwardGrantedV1, AwardAdjusted, AwardStopped, AwardSuspended, AwardResumed, TaperGranted, PersonalAwardGranted, PersonalAwardAdjusted, DeathReported, AdvanceGranted, FollowUpGranted, RequestGranted
Says: RunOpened, RunChecked, RunConfirmed, BankFileSent, PaymentInstructed, PaymentPaid, PaymentReturned, AccountCorrected, RecoveryOpened, RecoveryRaised, RecoveryLowered, RecoveryDecided, RecoveryNotified, RecoveryRepaid, RecoveryWrittenOff, RecoveryWithdrawn, RecoveryClosed
Does not: decide who is entitled to how much, nor fine anybody for what was concealed.
"""  # noqa: E501 -- the charter has one line for each heading
