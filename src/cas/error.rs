//! What is answered to a service that validates in vain (CAS 3.0 §2.5.3).

/// A refusal of a validation. The descriptions are fixed: nothing of the request is said back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Error {
    /// A parameter is missing, or came twice.
    InvalidRequest,
    /// A ticket of another kind than this path takes.
    InvalidTicketSpec,
    /// Unknown, used, out of time; or not from a fresh proof where `renew` asked for it.
    InvalidTicket,
    /// Issued for another service; it is used up.
    InvalidService,
    /// A fault of ours.
    Internal,
}

impl Error {
    pub(super) const fn code(self) -> &'static str {
        match self {
            Self::InvalidRequest => "INVALID_REQUEST",
            Self::InvalidTicketSpec => "INVALID_TICKET_SPEC",
            Self::InvalidTicket => "INVALID_TICKET",
            Self::InvalidService => "INVALID_SERVICE",
            Self::Internal => "INTERNAL_ERROR",
        }
    }

    pub(super) const fn description(self) -> &'static str {
        match self {
            Self::InvalidRequest => "'service' and 'ticket' are both required, once each",
            Self::InvalidTicketSpec => "this path validates service tickets only",
            Self::InvalidTicket => "the ticket is not recognised, was used, is out of time or is not from a new login",
            Self::InvalidService => "the ticket was issued for another service",
            Self::Internal => "the ticket could not be validated now",
        }
    }
}
