//! The second factor of an account: set up, asked for, taken away. A tenant may require it of its members.

use chrono::TimeDelta;
use secrecy::SecretString;
use wederhoor_procedure::{AccountId, actor::Role};
use wederhoor_store::{
    AccountEvent, AccountRecord, Bar, ConfirmFactor, FactorProof, SecondFactorRecord,
};

use super::codes::{self, Written};
use crate::{InputCode, Login, Request, Service, ServiceError, TenantSettings, limits::Tried};

/// How long somebody may take from the secret to the first code.
const SETTING_UP: TimeDelta = TimeDelta::hours(1);
/// After so many wrong codes in a row, and so many again, codes of the factor do not count for a while. Only who knows the
/// password gets so far, and a code for who lost the factor always counts: so nobody is locked out by others.
const WRONG_CODES: u32 = 10;
/// For how long.
const BARRED: TimeDelta = TimeDelta::hours(1);

/// A factor that somebody begins with, shown once.
#[derive(Clone, Debug)]
pub struct Enrolment {
    /// What an app reads: `otpauth://totp/…`.
    pub uri: SecretString,
    /// The secret in it, for who types: base 32.
    pub secret: SecretString,
}

impl Request {
    /// Begins with a second factor for who asks; it counts once a code of it was shown.
    ///
    /// # Errors
    /// `Unauthenticated`; `SignInFailed` for a wrong password; `Invalid` when there is one that counts.
    pub async fn start_second_factor(&self, password: &str) -> Result<Enrolment, ServiceError> {
        let login = self.login()?;
        self.finish().await;
        let service = self.service();
        let shown = service.shown_password(login, password);
        let account = self.trying(Tried::Again(login.account), shown).await?;
        let secret = codes::new_secret(service.entropy());
        let (uri, typed) = codes::shown(&secret, &account.email)?;
        let factor = SecondFactorRecord {
            account_id: account.id,
            sealed_secret: service.sealer().seal(
                service.entropy(),
                account.id.0.as_bytes(),
                &secret,
            )?,
            started_at: service.real_now(),
            confirmed_at: None,
        };
        if !service
            .store()
            .platform()
            .start_second_factor(factor)
            .await?
        {
            let (nl, en) = (
                "U hebt al een tweede stap. Haal die eerst weg.",
                "You have a second factor already. Remove it first.",
            );
            return Err(ServiceError::invalid(InputCode::Taken, "password", nl, en));
        }
        Ok(Enrolment { uri, secret: typed })
    }

    /// Makes the factor count that who asks began with, by its first code: the codes for when they lose it, shown once.
    /// Wherever else they are signed in, that ends.
    ///
    /// # Errors
    /// `Unauthenticated`; `SignInFailed` for a wrong code, and when none was begun with in the last hour.
    pub async fn confirm_second_factor(
        &self,
        code: &str,
    ) -> Result<Vec<SecretString>, ServiceError> {
        let login = self.login()?;
        self.finish().await;
        let (service, refused) = (self.service(), || ServiceError::SignInFailed);
        let (platform, now) = (service.store().platform(), service.real_now());
        let factor = platform.second_factor(login.account).await?;
        let is_open = |factor: &SecondFactorRecord| {
            factor.confirmed_at.is_none() && now < factor.started_at + SETTING_UP
        };
        let factor = factor.filter(is_open).ok_or_else(refused)?;
        let Some(FactorProof::Step {
            sealed_secret,
            step,
        }) = service.proof(&factor, code).await?
        else {
            service.count_wrong_code(login.account).await?;
            return Err(refused());
        };
        let keeps = login.sign_in;
        let (shown, recovery_hashes) = codes::recovery(service.entropy());
        let confirm = ConfirmFactor {
            account_id: login.account,
            sealed_secret,
            step,
            recovery_hashes,
            keeps,
            now,
        };
        let is_confirmed = platform.confirm_second_factor(confirm).await?;
        is_confirmed.then_some(shown).ok_or_else(refused)
    }

    /// Takes the second factor of who asks away. Their password stands alone then, and must be long enough for that.
    ///
    /// # Errors
    /// `Unauthenticated`; `SignInFailed` for a wrong password or code; `Invalid` for a password that is too short to stand
    /// alone.
    pub async fn remove_second_factor(
        &self,
        password: &str,
        code: &str,
    ) -> Result<(), ServiceError> {
        let login = self.login()?;
        self.finish().await;
        let service = self.service();
        let shown = service.shown_password(login, password);
        let account = self.trying(Tried::Again(login.account), shown).await?;
        super::passwords::require_length(password, false)?;
        let proof = service.factor_proof(&account, Some(code)).await?;
        let proof = proof.ok_or(ServiceError::SignInFailed)?;
        let platform = service.store().platform();
        let (sign_in, now) = (login.sign_in, service.real_now());
        let removed = platform.remove_second_factor(account.id, sign_in, &proof, now);
        removed
            .await?
            .then_some(())
            .ok_or(ServiceError::SignInFailed)
    }

    /// Whether who asks signs in with a second factor; not for someone without a login.
    pub async fn has_second_factor(&self) -> Result<bool, ServiceError> {
        let Some(login) = self.caller().login() else {
            return Ok(false);
        };
        let _alone = self.alone().await;
        let factor = self.service().counting_factor(login.account).await?;
        Ok(factor.is_some())
    }

    /// Says whether everybody with a role in the organisation needs a second factor.
    ///
    /// # Errors
    /// `NotAllowed` for anyone but an administrator; `RecentSignInRequired`.
    pub async fn set_second_factor_required(&self, is_required: bool) -> Result<(), ServiceError> {
        self.require_role(Role::Administrator)?;
        self.require_recent()?;
        let set = |settings: &mut TenantSettings| settings.requires_second_factor = is_required;
        self.set_settings(AccountEvent::FactorRequirementSet, &is_required, set)
            .await
    }
}

impl Service {
    /// The account of who asks, who shows its password.
    pub(super) async fn shown_password(
        &self,
        login: Login,
        password: &str,
    ) -> Result<AccountRecord, ServiceError> {
        let account = self.store().platform().account_by_id(login.account).await?;
        let account = account.ok_or(ServiceError::Unauthenticated)?;
        let known = account.password_hash.as_deref();
        if self.passwords().verify(password, known).await? {
            Ok(account)
        } else {
            Err(ServiceError::SignInFailed)
        }
    }

    /// The factor of an account, if it counts.
    pub(super) async fn counting_factor(
        &self,
        account: AccountId,
    ) -> Result<Option<SecondFactorRecord>, ServiceError> {
        let factor = self.store().platform().second_factor(account).await?;
        Ok(factor.filter(|factor| factor.confirmed_at.is_some()))
    }

    /// What shows the second factor of an account whose password was shown; `None` for one without. A code that is wrong is
    /// counted.
    ///
    /// # Errors
    /// `CodeRequired` without a code; `SignInFailed` for a wrong one.
    pub(super) async fn factor_proof(
        &self,
        account: &AccountRecord,
        code: Option<&str>,
    ) -> Result<Option<FactorProof>, ServiceError> {
        let Some(factor) = self.counting_factor(account.id).await? else {
            return Ok(None);
        };
        let code = code.ok_or(ServiceError::CodeRequired)?;
        if let Some(proof) = self.proof(&factor, code).await? {
            return Ok(Some(proof));
        }
        self.count_wrong_code(account.id).await?;
        Err(ServiceError::SignInFailed)
    }

    /// Refuses what shows no second factor after all: a code that was used already, or never given. It is not used up.
    pub(super) async fn require_counting(
        &self,
        account: AccountId,
        code: Option<&FactorProof>,
    ) -> Result<(), ServiceError> {
        let Some(code) = code else {
            return Ok(());
        };
        let (platform, now) = (self.store().platform(), self.real_now());
        let counts = platform.factor_counts(account, code, now).await?;
        counts.then_some(()).ok_or(ServiceError::SignInFailed)
    }

    async fn count_wrong_code(&self, account: AccountId) -> Result<(), ServiceError> {
        let bar = Bar {
            after: WRONG_CODES,
            until: self.real_now() + BARRED,
        };
        let platform = self.store().platform();
        Ok(platform.note_wrong_code(account, bar).await?)
    }

    /// What a code shows, if it can be one of the factor; whether it was used already, the store says.
    async fn proof(
        &self,
        factor: &SecondFactorRecord,
        code: &str,
    ) -> Result<Option<FactorProof>, ServiceError> {
        Ok(match codes::read(code) {
            None => None,
            Some(Written::Recovery(hash)) => Some(FactorProof::Recovery(hash)),
            Some(Written::Digits(digits)) => {
                let opened = self.open_factor(factor)?;
                match codes::step_of(&opened.open, &digits, self.real_now())? {
                    None => None,
                    Some(step) => Some(FactorProof::Step {
                        sealed_secret: self.keep_sealed(factor, opened).await?,
                        step,
                    }),
                }
            }
        })
    }
}
