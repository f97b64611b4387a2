//! What is done on the command line and by operators.

use wederhoor_server::founding::{Founding, found};

use super::App;

impl App {
    /// Makes an organisation more: the invitation of its administrator.
    ///
    /// # Panics
    /// When it cannot be made.
    pub async fn found(&self, founding: &Founding) -> String {
        let invitation = found(&self.parts.service, founding).await;
        invitation.expect("an organisation is made")
    }

    /// Invites an operator of the platform: the link.
    ///
    /// # Panics
    /// When it cannot be done.
    pub async fn invite_operator(&self, email: &str) -> String {
        let invited = self.parts.service.invite_operator(email, "Wachter").await;
        invited.expect("an operator is invited")
    }

    /// Whether somebody of this address may be invited as an operator; then they are.
    pub async fn may_invite_operator(&self, email: &str) -> bool {
        let invited = self.parts.service.invite_operator(email, "Wachter").await;
        invited.is_ok()
    }

    /// A link by which an operator chooses another password; `None` where there is none of that address.
    pub async fn reset_operator(&self, email: &str) -> Option<String> {
        self.parts.service.reset_operator(email).await.ok()
    }

    /// Takes an operator their rights.
    ///
    /// # Panics
    /// When there is none of that address.
    pub async fn remove_operator(&self, email: &str) {
        let removed = self.parts.service.remove_operator(email).await;
        removed.expect("there was an operator");
    }

    /// Puts an organisation on hold.
    ///
    /// # Panics
    /// When there is none of that name.
    pub async fn suspend(&self, slug: &str) {
        let suspended = self.parts.service.suspend_tenant(slug, None).await;
        suspended.expect("an organisation is put on hold");
    }

    /// Lets pages of these origins read what concerns an organisation.
    ///
    /// # Panics
    /// When there is none of that name, or one is no origin.
    pub async fn allow_origins(&self, slug: &str, origins: &[&str]) {
        let origins: Vec<String> = origins.iter().map(|one| (*one).to_owned()).collect();
        let allowed = self.parts.service.allow_origins(slug, &origins).await;
        allowed.expect("origins are listed");
    }

    /// Lets letters of an organisation be from these addresses and domains.
    ///
    /// # Panics
    /// When there is none of that name, or one is neither.
    pub async fn allow_senders(&self, slug: &str, senders: &[&str]) {
        let senders: Vec<String> = senders.iter().map(|one| (*one).to_owned()).collect();
        let allowed = self.parts.service.allow_senders(slug, &senders).await;
        allowed.expect("senders are allowed");
    }

    /// Takes an organisation into use again.
    ///
    /// # Panics
    /// When there is none of that name.
    pub async fn resume(&self, slug: &str) {
        let resumed = self.parts.service.resume_tenant(slug).await;
        resumed.expect("an organisation is in use again");
    }
}
