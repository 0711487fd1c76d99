//! Pages: a struct each, rendered by the template of the same name. A page takes plain values and decides nothing; its
//! sentences come from `words`, its colours and logo from the portal. Nothing here knows a database or a service.

mod account;
mod activation;
mod ask;
mod bad_address;
mod charter;
mod chooser;
mod components;
mod field;
mod frame;
#[cfg(test)]
mod gallery;
mod handover;
mod help;
mod markdown;
mod message;
mod new_password;
mod notification;
mod pupil_reset;
mod qr;
mod question;
mod reading;
mod recovery;
mod recovery_steps;
mod registration;
mod second_factor;
mod security;
mod session;
mod sign_in;
#[cfg(test)]
mod tests;
mod wait;
mod who;

pub use account::{
    AccountShell, AccountTab, ChildPassword, ChildPasswordPage, ChildRow, Children, ChildrenPage, DataPage, Outcomes,
    Profile, ProfilePage, ServiceRow, ServicesPage, Setting, SettingPage, Waiting, question_fields, question_key,
    question_words,
};
pub use activation::{Activation, ActivationPage, CheckMail, CheckMailPage, Standing, Steps, masked};
pub use ask::{Answering, AskPage};
pub use bad_address::{BadAddress, BadAddressPage};
pub use charter::{Accepting, CharterNews, CharterPage, CharterRow, CharterShown, CharterTextPage, ChartersPage};
pub use chooser::{Choice, Chooser, ChooserPage, Destination, Family, register_of};
pub use components::ComponentsPage;
pub use field::{Field, Hidden, Problems, Rules, Turn};
pub use frame::{Frame, Place, Theme, ThemeLink, Width, telephone};
pub use handover::{Consent, ConsentPage, FormPostPage};
pub use help::{HelpForm, HelpFormPage};
pub use message::{MessagePage, Trouble, Way, dictated};
pub use new_password::{NewPassword, NewPasswordPage};
pub use notification::{Notification, NotificationPage};
pub use pupil_reset::{PupilForgottenPage, PupilReset, PupilResetPage, PupilResetSentPage};
pub use question::{ByQuestion, ByQuestionPage};
pub use reading::{OwnText, ReadingPage};
pub use recovery::{Forgot, ForgottenPage, RecoverySentPage, Sent};
pub use recovery_steps::{PasswordPolicyPage, RecoverySteps, RecoveryStepsPage, StepShown};
pub use registration::{Registration, RegistrationPage, RegistrationPassword, RegistrationPasswordPage, WhoIs, Wrong};
pub use second_factor::{
    ApplicationPage, Asked, EnrolPage, PasskeyPage, RecoveryCodesPage, SecondFactorPage, Step as FactorStep,
};
pub use security::{Security, SecurityPage};
pub use session::{HomePage, SignOut, SignOutQuestionPage};
pub use sign_in::{SignIn, SignInPage};
pub use wait::{Wait, WaitPage};
pub use who::{WhoPage, named};

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};

/// A rendered page with its status. Cookies and security headers are added by the layers around it.
#[derive(Debug)]
#[must_use]
pub struct Page {
    status: StatusCode,
    html: Result<String, askama::Error>,
}

impl Page {
    /// Renders a page; its status is 200 unless told otherwise.
    pub fn of(template: &impl askama::Template) -> Self {
        Self { status: StatusCode::OK, html: template.render() }
    }

    /// The same under another status.
    pub fn status(self, status: StatusCode) -> Self {
        Self { status, ..self }
    }
}

impl IntoResponse for Page {
    fn into_response(self) -> Response {
        let (status, html) = match self.html {
            Ok(html) => (self.status, html),
            Err(error) => {
                tracing::error!(%error, "a page could not be rendered");
                (StatusCode::INTERNAL_SERVER_ERROR, include_str!("../../../templates/last-resort.html").to_owned())
            }
        };
        let kind = HeaderValue::from_static("text/html; charset=utf-8");
        (status, [(header::CONTENT_TYPE, kind)], html).into_response()
    }
}
