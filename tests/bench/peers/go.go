// Go's net/http under load, until it is killed: URL CA-FILE CONNECTIONS
package main

import (
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"net/http"
	"os"
	"runtime"
	"strconv"
	"time"
)

func main() {
	runtime.GOMAXPROCS(1)
	connections, _ := strconv.Atoi(os.Args[3])
	pem, err := os.ReadFile(os.Args[2])
	if err != nil {
		panic(err)
	}
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM(pem)
	way := &http.Transport{TLSClientConfig: &tls.Config{RootCAs: roots}, MaxIdleConnsPerHost: connections}
	client := &http.Client{Transport: way, Timeout: 30 * time.Second}
	for i := 0; i < connections; i++ {
		go func() {
			for {
				answer, err := client.Get(os.Args[1] + "/key/getMessage/100")
				if err != nil {
					panic(err)
				}
				var body struct{ Status int }
				if json.NewDecoder(answer.Body).Decode(&body) != nil || answer.StatusCode != 200 || body.Status != 0 {
					panic("an odd answer")
				}
				answer.Body.Close()
			}
		}()
	}
	select {}
}
