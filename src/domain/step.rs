//! What a sign-in still owes.

/// The next thing a person does before the relying party is answered. `policy::next_step` is the only one to choose it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// The portal has several profiles and none is chosen.
    ChooseProfile,
    /// Nobody is signed in, or not recently enough.
    Authenticate,
    /// The password was given, and the account has a second factor that was not.
    SecondFactor,
    /// A second factor is required, and the account has none yet.
    EnrolSecondFactor,
    /// The portal does not welcome any profile of this person.
    NotWelcome,
    /// The session was opened with a temporary password, which must be replaced before anything else (row QST-05).
    ReplacePassword,
    /// A charter in force is not accepted, or waits for a guardian without whom nothing opens (row CHA-01).
    AcceptCharter,
    /// The account's address gives mail back: it is corrected or kept (row MEL-05).
    CorrectAddress,
    /// An address for notifications was never asked for (row CHA-08).
    NotificationEmail,
    /// A third-party service wants to know things (design §3).
    Consent,
    /// Nothing is owed.
    Answer,
}
