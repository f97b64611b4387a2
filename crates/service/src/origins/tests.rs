use super::is_origin;

#[test]
fn an_origin_is_written_as_browsers_write_it() {
    for origin in [
        "https://www.organisatie.example",
        "https://klachten.organisatie.example:8443",
        "http://localhost",
        "http://localhost:5173",
        "http://127.0.0.1:3000",
    ] {
        assert!(is_origin(origin), "{origin}");
    }
    for origin in [
        "",
        "*",
        "null",
        "https://*",
        "https://*.organisatie.example",
        "https://organisatie.example/",
        "https://organisatie.example/pad",
        "https://Organisatie.example",
        "https://organisatie.example:443",
        "https://organisatie.example:0",
        "https://organisatie.example:08443",
        "https://wie@organisatie.example",
        "https://organisatie..example",
        "https://localhost",
        "http://organisatie.example",
        "http://localhost.organisatie.example",
        "ftp://organisatie.example",
        "organisatie.example",
        "https://organisatie.example https://elders.example",
        "https://organisatie.example\r\nx: y",
    ] {
        assert!(!is_origin(origin), "{origin}");
    }
}
