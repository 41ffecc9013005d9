// What the programs that use Ulak's client have in common.
#pragma once

#include "async/system_clock.hpp"
#include "http/pool.hpp"
#include "providers/account_factory.hpp"

#include <boost/asio/io_context.hpp>

#include <cstdlib>
#include <exception>
#include <iostream>
#include <memory>
#include <string>

namespace ulak::bench {

[[noreturn]] inline void give_up(const error& why)
{
    std::cerr << why << '\n';
    std::exit(1);
}

inline void rethrow(std::exception_ptr thrown)
{
    if (thrown)
        std::rethrow_exception(thrown);
}

inline std::unique_ptr<http::client> client_to(const char* url, const char* ca_file, std::size_t connections,
                                               executor ex, async::clock& time)
{
    http::client_settings settings(http::origin::parse(url).value());
    settings.ca_file = ca_file;
    settings.idle_timeout = std::chrono::hours(1);
    settings.max_connections = connections;
    return http::make_client(ex, time, http::make_resolver(ex, time), settings).value();
}

/// With a pace that is kept but never waited for.
inline std::shared_ptr<providers::account> account_over(std::unique_ptr<http::client> client, executor ex,
                                                        async::clock& time)
{
    constexpr double no_limit = 1e9;
    providers::account_settings s;
    s.name = "bench";
    s.provider = "smmonayim-numbers";
    s.secrets.emplace("key", secret("key"));
    s.options["http_method"] = "get";
    s.pace = yaml::rate_value{no_limit, "requests"};
    auto made = providers::make_account(s, std::move(client), ex, time);
    if (!made)
        give_up(made.error());
    return *made;
}

} // namespace ulak::bench
