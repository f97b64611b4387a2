//! The pictures of the policies that ship.

use super::diagram;
use crate::{locale::Locale, policy::parse_toml};

#[test]
fn each_policy_has_its_picture() {
    let picture = |text, locale| diagram(&parse_toml(text).unwrap(), locale);
    let blijf = include_str!("../../../../../policies/blijf-groep.toml");
    let livp = include_str!("../../../../../policies/livp.toml");
    let awb = include_str!("../../../../../policies/awb.toml");
    insta::assert_snapshot!("blijf_groep_en", picture(blijf, Locale::En));
    insta::assert_snapshot!("livp_nl", picture(livp, Locale::Nl));
    insta::assert_snapshot!("awb_nl", picture(awb, Locale::Nl));
    insta::assert_snapshot!("awb_en", picture(awb, Locale::En));
}
