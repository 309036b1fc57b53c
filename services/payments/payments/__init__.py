"""payments: money leaves once, through three people's hands, and every line is followed to the account (domain §8).

Decides: what is put into a run, who may let it go, whether a line may go again, and what the bank's answer means.
Hears: AwardGranted, AwardGrantedV1, AwardAdjusted, AwardStopped, AwardSuspended, AwardResumed, TaperGranted, DeathReported, AdvanceGranted, FollowUpGranted, RequestGranted, PersonalAwardGranted, PersonalAwardAdjusted
Says: RunOpened, RunChecked, RunConfirmed, BankFileSent, PaymentInstructed, PaymentPaid, PaymentReturned, AccountCorrected
Does not: decide who is entitled to how much, nor recover what was overpaid.
"""  # noqa: E501 -- the charter has one line for each heading
