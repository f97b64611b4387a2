use wederhoor_service::{LimitsConfig, RatesConfig, TriesConfig};

use super::reader::Reader;

/// The upper bounds are far beyond what anybody types.
pub(super) fn read(reader: &mut Reader<'_>) -> Option<LimitsConfig> {
    let mut number = |key, default| reader.number(key, default, 1..=1_000_000);
    let per_account_and_source = number("WEDERHOOR_TRIES_PER_ACCOUNT_AND_SOURCE", "10");
    let per_source = number("WEDERHOOR_TRIES_PER_SOURCE", "100");
    let per_account = number("WEDERHOOR_TRIES_PER_ACCOUNT", "300");
    let letters = number("WEDERHOOR_LETTERS_ASKED", "5");
    let letters_per_source = number("WEDERHOOR_LETTERS_ASKED_PER_SOURCE", "50");
    let rate_per_source = number("WEDERHOOR_RATE_PER_SOURCE", "3000");
    let rate_per_principal = number("WEDERHOOR_RATE_PER_PRINCIPAL", "600");
    let rate_per_tenant = number("WEDERHOOR_RATE_PER_TENANT", "12000");
    let filings_per_source = number("WEDERHOOR_FILINGS_PER_SOURCE", "20");
    let mut bits = |key, default, least| {
        let bits = reader.number(key, default, least..=32)?;
        u8::try_from(bits).ok()
    };
    let intake_proof_bits = bits("WEDERHOOR_INTAKE_PROOF_BITS", "18", 0);
    let sign_in_proof_bits = bits("WEDERHOOR_SIGN_IN_PROOF_BITS", "20", 1);
    Some(LimitsConfig {
        tries: Some(TriesConfig {
            per_account_and_source: per_account_and_source?,
            per_source: per_source?,
            per_account: per_account?,
            letters: letters?,
            letters_per_source: letters_per_source?,
        }),
        rates: Some(RatesConfig {
            per_source: rate_per_source?,
            per_principal: rate_per_principal?,
            per_tenant: rate_per_tenant?,
        }),
        filings_per_source: filings_per_source?,
        intake_proof_bits: intake_proof_bits?,
        sign_in_proof_bits: sign_in_proof_bits?,
    })
}
