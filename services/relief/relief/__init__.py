"""relief: emergency first, paperwork afterwards; requests by the ordinary way (卫民发〔2019〕21号 二(二)6-7).

Decides: whether an advance may be paid now, by whom, how much follow-up is owed and granted, when the papers are late, and what a request is granted.
Hears: PaymentPaid, PaymentReturned
Says: EmergencyReported, EmergencyVerified, AdvanceGranted, AdvancePaid, EmergencyEnded, PaperworkDone, PaperworkFellOverdue, ReliefClosed, FollowUpProposed, FollowUpGranted, FollowUpEnded, FollowUpPaid, RequestAccepted, RequestReviewed, RequestPosted, RequestForwarded, RequestSentBack, RequestGranted, RequestRefused, RequestWithdrawn, RequestPaid
Does not: move the money, nor recover it when a case proves invalid.
"""  # noqa: E501 -- the charter has one line for each heading
