//! What older keys sealed is sealed anew by the one that seals now: when it is used, and all of it when that is asked, so that
//! an older key can go.

use wederhoor_store::SecondFactorRecord;

use super::sealing::Opened;
use crate::{Service, ServiceError};

/// As many are looked at together.
const TOGETHER: u64 = 100;

/// What came of sealing all anew.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Resealed {
    /// Sealed anew.
    pub anew: u64,
    /// Sealed by the newest key already.
    pub before: u64,
    /// Sealed by a key that is not set: left as they are.
    pub unopened: u64,
    /// Changed by others meanwhile: left to them.
    pub overtaken: u64,
}

/// By which keys second factors are sealed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sealed {
    /// By the newest.
    pub newest: u64,
    /// By an older one that is set.
    pub older: u64,
    /// By one that is not set.
    pub unopened: u64,
}

impl Service {
    /// By which keys all second factors are sealed; nothing is changed.
    ///
    /// # Errors
    /// Only when the database cannot be reached.
    pub async fn sealed(&self) -> Result<Sealed, ServiceError> {
        let (platform, mut sealed, mut after) = (self.store().platform(), Sealed::default(), None);
        loop {
            let factors = platform.second_factors(after, TOGETHER).await?;
            let Some(last) = factors.last() else {
                return Ok(sealed);
            };
            after = Some(last.account_id);
            for factor in &factors {
                *match self.open_factor(factor) {
                    Err(_) => &mut sealed.unopened,
                    Ok(opened) if opened.is_stale => &mut sealed.older,
                    Ok(_) => &mut sealed.newest,
                } += 1;
            }
        }
    }

    /// Seals all anew that an older key sealed.
    ///
    /// # Errors
    /// Only when the database cannot be reached, or nothing can be sealed.
    pub async fn reseal(&self) -> Result<Resealed, ServiceError> {
        let (platform, mut done, mut after) = (self.store().platform(), Resealed::default(), None);
        loop {
            let factors = platform.second_factors(after, TOGETHER).await?;
            let Some(last) = factors.last() else {
                return Ok(done);
            };
            after = Some(last.account_id);
            for factor in &factors {
                let number = match self.open_factor(factor) {
                    Err(_) => &mut done.unopened,
                    Ok(opened) if !opened.is_stale => &mut done.before,
                    Ok(opened) => {
                        let anew = self.keep_sealed(factor, opened).await?;
                        if anew == factor.sealed_secret {
                            &mut done.overtaken
                        } else {
                            &mut done.anew
                        }
                    }
                };
                *number += 1;
            }
        }
    }

    /// The secret of a factor.
    pub(super) fn open_factor(&self, factor: &SecondFactorRecord) -> Result<Opened, ServiceError> {
        let of = factor.account_id.0.as_bytes();
        self.sealer().open(of, &factor.sealed_secret)
    }

    /// The secret of a factor as it is kept from now on: sealed by the newest key, unless others changed it meanwhile.
    pub(super) async fn keep_sealed(
        &self,
        factor: &SecondFactorRecord,
        opened: Opened,
    ) -> Result<Vec<u8>, ServiceError> {
        let (of, known) = (factor.account_id.0.as_bytes(), &factor.sealed_secret);
        if !opened.is_stale {
            return Ok(known.clone());
        }
        let anew = self.sealer().seal(self.entropy(), of, &opened.open)?;
        let platform = self.store().platform();
        let is_kept = platform.reseal_factor(factor.account_id, known, &anew);
        Ok(if is_kept.await? { anew } else { known.clone() })
    }
}
