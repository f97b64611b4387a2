use super::ServiceError;

#[test]
fn an_error_of_json_repeats_no_value() {
    let error = serde_json::from_str::<u32>(r#""Robin de Vries""#).unwrap_err();
    assert!(error.to_string().contains("Robin"), "{error}");
    let told = ServiceError::from(error).to_string();
    assert!(
        told.starts_with("internal: JSON, Data error") && !told.contains("Robin"),
        "{told}"
    );
}
