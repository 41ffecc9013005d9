// Saved answers of the providers, and answers made up in a test.
#pragma once

#include "http/message.hpp"

#include <boost/test/unit_test.hpp>

#include <fstream>
#include <iterator>
#include <string>

namespace ulak::tests {

/// tests/providers/data/NAME.json
inline std::string sample(const std::string& name)
{
    std::ifstream in(std::string(ULAK_SOURCE_DIR) + "/tests/providers/data/" + name + ".json");
    BOOST_REQUIRE_MESSAGE(in, "there is no sample " << name);
    return std::string(std::istreambuf_iterator<char>(in), {});
}

inline http::response answer(std::string body, int status = 200, std::string type = "application/json; charset=UTF-8")
{
    http::response r;
    r.status = status;
    r.headers.emplace_back("Content-Type", std::move(type));
    r.body = std::move(body);
    return r;
}

inline http::response saved(const std::string& name, int status = 200)
{
    return answer(sample(name), status);
}

inline http::response page(int status = 200)
{
    return answer("<!DOCTYPE html><html><body>Giriş yapın</body></html>", status, "text/html; charset=UTF-8");
}

/// A complete exchange that ended in this answer.
inline http::exchange complete(http::response r)
{
    http::exchange_trace how;
    how.reached = http::phase::complete;
    how.handed_to_tls = true;
    how.framing_ok = true;
    return http::exchange(std::move(r), how);
}

/// An exchange that failed. From `dispatch` on, bytes may have left.
inline http::exchange failed(errc code, http::phase reached)
{
    http::exchange_trace how;
    how.reached = reached;
    how.handed_to_tls = reached > http::phase::dispatch;
    const auto far = how.handed_to_tls ? reach::maybe_sent : reach::not_sent;
    return http::exchange(error(code, "failed on purpose", far), how);
}

} // namespace ulak::tests
