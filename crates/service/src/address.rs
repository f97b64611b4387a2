//! The shape of an e-mail address, the same wherever one comes in.

/// Whether a text has the shape of an e-mail address; whether it exists shows when a letter arrives.
pub fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.rsplit_once('@') else {
        return false;
    };
    let is_printable = text
        .chars()
        .all(|c| c.is_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.@".contains(c));
    let labels_are_whole = domain.split('.').all(|label| {
        (1..=63).contains(&label.len()) && !label.starts_with('-') && !label.ends_with('-')
    });
    // RFC 5322, dot-atom: a dot stands between words only.
    let words_are_whole = local.split('.').all(|word| !word.is_empty());
    is_printable
        && words_are_whole
        && text.len() <= 254
        && (1..=64).contains(&local.len())
        && !local.contains('@')
        && domain.contains('.')
        && labels_are_whole
}

/// An address with its domain as every mail server knows it (RFC 5891), also those that take no other letters than ASCII;
/// `None` where it has no domain that can be written so.
pub fn in_ascii(address: &str) -> Option<String> {
    let (local, domain) = address.rsplit_once('@')?;
    if domain.is_ascii() {
        return Some(address.to_owned());
    }
    let domain = idna::domain_to_ascii(domain).ok()?;
    Some(format!("{local}@{domain}"))
}

#[cfg(test)]
mod tests;
