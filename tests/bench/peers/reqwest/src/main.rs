//! Rust's reqwest under load, until it is killed: URL CA-FILE CONNECTIONS
use std::time::Duration;

async fn ask_for_ever(client: reqwest::Client, url: String) {
    loop {
        let answer = client.get(&url).send().await.expect("an answer");
        let status = answer.status();
        let body: serde_json::Value = answer.json().await.expect("JSON");
        assert!(status == 200 && body["status"] == 0);
    }
}

fn main() {
    let words: Vec<String> = std::env::args().collect();
    let authority = reqwest::Certificate::from_pem(&std::fs::read(&words[2]).unwrap()).unwrap();
    let client = reqwest::Client::builder()
        .add_root_certificate(authority)
        .timeout(Duration::from_secs(30))
        .build()
        .unwrap();
    let connections: usize = words[3].parse().unwrap();
    let loop_ = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    loop_.block_on(async move {
        let url = format!("{}/key/getMessage/100", words[1]);
        let all: Vec<_> = (0..connections)
            .map(|_| tokio::spawn(ask_for_ever(client.clone(), url.clone())))
            .collect();
        for one in all {
            one.await.unwrap();
        }
    });
}
