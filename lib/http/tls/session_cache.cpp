#include "http/tls/session_cache.hpp"

#include <ctime>

namespace ulak::http {
namespace {

constexpr std::size_t max_sessions = 16;

bool is_expired(SSL_SESSION* session, long now)
{
    return SSL_SESSION_get_time(session) + SSL_SESSION_get_timeout(session) <= now ||
           SSL_SESSION_is_resumable(session) != 1;
}

} // namespace

void session_cache::bind(SSL_CTX* context)
{
    if (context_.get() == context)
        return;
    SSL_CTX_up_ref(context);
    context_.reset(context);
    sessions_.clear();
}

bool session_cache::put(const SSL_CTX* from, SSL_SESSION* session)
{
    if (from != context_.get())
        return false;
    if (sessions_.size() == max_sessions)
        sessions_.erase(sessions_.begin());
    sessions_.emplace_back(session);
    return true;
}

openssl_ptr<SSL_SESSION> session_cache::take()
{
    auto now = static_cast<long>(std::time(nullptr));
    std::erase_if(sessions_, [now](const auto& session) { return is_expired(session.get(), now); });
    if (sessions_.empty())
        return nullptr;
    SSL_SESSION* newest = sessions_.back().get();
    if (SSL_SESSION_get_protocol_version(newest) < TLS1_3_VERSION) {
        SSL_SESSION_up_ref(newest);
        return openssl_ptr<SSL_SESSION>(newest);
    }
    // A ticket that is used twice lets an observer link the two connections.
    auto ticket = std::move(sessions_.back());
    sessions_.pop_back();
    return ticket;
}

} // namespace ulak::http
