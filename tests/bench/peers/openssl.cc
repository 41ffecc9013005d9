// A bare OpenSSL client that connects, asks once and closes, again and again, until it is killed. What the sockets and
// OpenSSL cost with nothing around them: bench_openssl WHAT PORT CA-FILE CONNECTIONS
//   resume   with the session of an earlier handshake
//   full     without
//   idle     every connection asks once and is then kept
#include <openssl/err.h>
#include <openssl/ssl.h>

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdlib>
#include <string>
#include <vector>

namespace {

const std::string question = "GET /key/getMessage/100 HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";

SSL_CTX* context = nullptr;
sockaddr_in where{};
int loop = -1;
bool resumes = false, idles = false;
std::vector<SSL_SESSION*> sessions;

struct connection {
    int wire = -1;
    SSL* ssl = nullptr;
    bool asked = false;
    std::string answer{};
};

int keep_session(SSL*, SSL_SESSION* session)
{
    if (!resumes)
        return 0;
    sessions.push_back(session);
    return 1;
}

void open(connection& c)
{
    c.wire = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    int on = 1;
    setsockopt(c.wire, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    connect(c.wire, reinterpret_cast<sockaddr*>(&where), sizeof where);
    epoll_event event{EPOLLIN | EPOLLOUT | EPOLLET, {.ptr = &c}};
    epoll_ctl(loop, EPOLL_CTL_ADD, c.wire, &event);
    c.ssl = SSL_new(context);
    SSL_set_fd(c.ssl, c.wire);
    SSL_set_connect_state(c.ssl);
    if (!sessions.empty()) {
        SSL_set_session(c.ssl, sessions.back());
        SSL_SESSION_free(sessions.back());
        sessions.pop_back();
    }
}

void close(connection& c)
{
    SSL_shutdown(c.ssl);
    SSL_free(c.ssl);
    ::close(c.wire);
    c = connection();
}

bool is_waiting(connection& c, int done)
{
    const int why = SSL_get_error(c.ssl, done);
    if (why == SSL_ERROR_WANT_READ || why == SSL_ERROR_WANT_WRITE || why == SSL_ERROR_SYSCALL)
        return true; // SYSCALL: not connected yet
    ERR_print_errors_fp(stderr);
    std::exit(1);
}

void go_on(connection& c)
{
    ERR_clear_error();
    const int done = SSL_do_handshake(c.ssl);
    if (done != 1 && is_waiting(c, done))
        return;
    if (!c.asked) {
        SSL_write(c.ssl, question.data(), static_cast<int>(question.size()));
        c.asked = true;
    }
    char content[4096];
    for (int got = SSL_read(c.ssl, content, sizeof content); got > 0; got = SSL_read(c.ssl, content, sizeof content))
        c.answer.append(content, static_cast<std::size_t>(got));
    if (!c.answer.ends_with('}') || idles)
        return;
    close(c);
    open(c);
}

} // namespace

int main(int count, char** words)
{
    if (count != 5)
        return 2;
    resumes = std::string(words[1]) == "resume";
    idles = std::string(words[1]) == "idle";
    where.sin_family = AF_INET;
    where.sin_port = htons(static_cast<std::uint16_t>(std::stoi(words[2])));
    inet_pton(AF_INET, "127.0.0.1", &where.sin_addr);
    context = SSL_CTX_new(TLS_client_method());
    SSL_CTX_load_verify_file(context, words[3]);
    SSL_CTX_set_verify(context, SSL_VERIFY_PEER, nullptr);
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL_STORE);
    SSL_CTX_sess_set_new_cb(context, keep_session);
    loop = epoll_create1(0);
    std::vector<connection> all(std::stoul(words[4]));
    for (auto& c : all)
        open(c);
    epoll_event events[64];
    for (;;) {
        const int ready = epoll_wait(loop, events, 64, -1);
        for (int i = 0; i < ready; ++i)
            go_on(*static_cast<connection*>(events[i].data.ptr));
    }
}
