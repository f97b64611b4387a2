//! Broken policies, each with the fault found and the shortest path that shows it.

use super::{found, told};
use crate::policy::check::{FindingCode, Severity};

macro_rules! broken {
    ($($test:ident, $file:literal, $code:ident;)*) => {$(
        #[test]
        fn $test() {
            let findings = found(include_str!(concat!("../../../../../../policies/broken/", $file, ".toml")));
            insta::assert_snapshot!($file, told(&findings));
            let is_it = |one: &super::Finding| one.code == FindingCode::$code;
            assert!(findings.iter().any(is_it));
            assert_eq!(findings[0].severity, Severity::Error);
        }
    )*};
}

broken! {
    an_objection_must_lead_somewhere, "objection-leads-nowhere", Stranded;
    an_answer_must_lead_somewhere, "answer-leads-nowhere", SilentForEver;
    silence_must_mean_something, "silence-means-nothing", SilentForEver;
    no_agreement_must_lead_somewhere, "no-agreement-leads-nowhere", Stranded;
    a_lapse_must_open_what_is_there, "lapse-opens-nothing", LapseOpensNoWay;
    each_instance_must_be_reached, "instance-never-reached", InstanceUnreached;
    somebody_must_be_left_to_decide, "nobody-left-to-decide", NobodyDecides;
    the_last_instance_has_no_way, "way-after-the-last", WayOnLastInstance;
    terms_must_fit, "terms-that-contradict", ContradictoryTerms;
    a_complaint_must_come_in_and_be_kept, "nothing-comes-in-nothing-is-kept", NoRetention;
    a_lapse_is_said_once, "lapse-said-twice", LapseContradicted;
    somebody_decides, "no-instance", NoInstance;
    four_instances_at_most, "too-many-instances", TooManyInstances;
}
