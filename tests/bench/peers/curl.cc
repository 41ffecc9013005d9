// libcurl's multi interface under load, until it is killed: bench_curl WHAT URL CA-FILE CONNECTIONS
//   keep     connections are kept
//   connect  every request on a new connection, the session resumed from libcurl's cache
//   full     every request on a new connection, no session kept
#include <boost/json.hpp>
#include <curl/curl.h>

#include <cstdlib>
#include <string>
#include <vector>

namespace {

std::size_t collect(char* data, std::size_t one, std::size_t count, void* into)
{
    static_cast<std::string*>(into)->append(data, one * count);
    return one * count;
}

struct call {
    CURL* handle = curl_easy_init();
    std::string body{};
};

void set_up(call& c, const std::string& what, const char* url, const char* ca_file)
{
    const std::string target = std::string(url) + "/key/getMessage/100";
    curl_easy_setopt(c.handle, CURLOPT_URL, target.c_str());
    curl_easy_setopt(c.handle, CURLOPT_CAINFO, ca_file);
    curl_easy_setopt(c.handle, CURLOPT_TIMEOUT, 30L);
    curl_easy_setopt(c.handle, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(c.handle, CURLOPT_FORBID_REUSE, what == "keep" ? 0L : 1L);
    curl_easy_setopt(c.handle, CURLOPT_SSL_SESSIONID_CACHE, what == "full" ? 0L : 1L);
    curl_easy_setopt(c.handle, CURLOPT_SSL_ENABLE_ALPN, 1L);
    curl_easy_setopt(c.handle, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
    curl_easy_setopt(c.handle, CURLOPT_WRITEFUNCTION, collect);
    curl_easy_setopt(c.handle, CURLOPT_WRITEDATA, &c.body);
    curl_easy_setopt(c.handle, CURLOPT_PRIVATE, &c);
}

void look_at(call& c, CURLcode ended)
{
    long status = 0;
    curl_easy_getinfo(c.handle, CURLINFO_RESPONSE_CODE, &status);
    if (ended != CURLE_OK || status != 200 || boost::json::parse(c.body).at("status").as_int64() != 0)
        std::exit(1);
    c.body.clear();
}

} // namespace

int main(int count, char** words)
{
    if (count != 5)
        return 2;
    curl_global_init(CURL_GLOBAL_DEFAULT);
    const std::size_t connections = std::stoul(words[4]);
    CURLM* all = curl_multi_init();
    curl_multi_setopt(all, CURLMOPT_MAXCONNECTS, static_cast<long>(connections));
    std::vector<call> calls(connections);
    for (auto& c : calls) {
        set_up(c, words[1], words[2], words[3]);
        curl_multi_add_handle(all, c.handle);
    }
    for (;;) {
        int running = 0, left = 0;
        curl_multi_perform(all, &running);
        while (CURLMsg* said = curl_multi_info_read(all, &left)) {
            call* c = nullptr;
            CURL* handle = said->easy_handle;
            const CURLcode ended = said->data.result;
            curl_easy_getinfo(handle, CURLINFO_PRIVATE, &c);
            curl_multi_remove_handle(all, handle);
            look_at(*c, ended);
            curl_multi_add_handle(all, handle);
        }
        curl_multi_poll(all, nullptr, 0, 1000, nullptr);
    }
}
