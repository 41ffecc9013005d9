#include "providers/detail/call_result.hpp"

#include "providers/detail/answer.hpp"

namespace ulak::providers {
namespace {

// An answer that refuses a login is short; a list of services is not parsed twice.
constexpr std::size_t max_login_check_body = 4096;

bool refuses_login(const http::response& r, const http::response_check* check, const retry_policy& policy)
{
    if (check)
        return (*check)(r) == errc::auth;
    return policy.refuses_login && r.body.size() <= max_login_check_body && policy.refuses_login(r);
}

// No connection got free in time: the provider was not asked.
bool waited_for_connection_only(const http::exchange_trace& t) noexcept
{
    return t.closed_by == http::close_reason::timeout && t.started_at == async::steady_point() &&
           t.reached == http::phase::resolve;
}

call_result result_of_failure(errc code, const http::exchange_trace& trace) noexcept
{
    if (code == errc::timed_out && waited_for_connection_only(trace))
        return call_result::neutral;
    const bool network = retry_class(code) == retry_advice::soon;
    return network || code == errc::tls_failed || code == errc::malformed ? call_result::failure : call_result::neutral;
}

} // namespace

call_result call_result_of(const http::exchange& e, const http::response_check* check, const retry_policy& policy)
{
    if (!e.answer)
        return result_of_failure(e.answer.error().code, e.trace);
    const http::response& r = *e.answer;
    if (is_challenge(r))
        return call_result::failure;
    // Asked for every answer, whatever its status: the caller keeps what its check read of the last one.
    const bool refused = refuses_login(r, check, policy);
    if (refused || r.status == 401 || r.status == 403)
        return call_result::login_refused;
    if (r.status == 429)
        return policy.health->state() == breaker_state::suspended ? call_result::neutral : call_result::success;
    return r.status >= 500 ? call_result::failure : call_result::success;
}

std::string reason_of(const http::exchange& e)
{
    if (!e.answer)
        return displayable(e.answer.error().message, 200);
    return "HTTP " + std::to_string(e.answer->status);
}

} // namespace ulak::providers
