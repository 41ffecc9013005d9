// The control handlers on a whole engine with a store in memory: requests go in, replies come out.
#pragma once

#include "control/detail/dispatcher.hpp"
#include "engine/world.hpp"

#include <boost/json/parse.hpp>

#include <optional>
#include <string>
#include <vector>

namespace ulak::testing {

namespace json = boost::json;

/// Takes what a stream writes; fails when its test says so.
struct collecting_writer : http::body_writer {
    task<result<void>> write(std::string piece) override
    {
        if (failure)
            co_return *std::exchange(failure, std::nullopt);
        pieces.push_back(std::move(piece));
        co_return result<void>();
    }
    std::string text() const
    {
        std::string all;
        for (const auto& p : pieces)
            all += p;
        return all;
    }
    std::vector<std::string> pieces{};
    std::optional<error> failure{};
};

struct control_world : world {
    /// `boot` first: the control sockets answer for an engine that runs.
    void open()
    {
        bus = std::make_unique<events::bus>(io.get_executor());
        control::dependencies d{io.get_executor(),
                                time,
                                engine(),
                                now().record,
                                *bus,
                                {{"title", "job"}},
                                {{"title", "config"}},
                                zone,
                                "1.2.3",
                                991,
                                [] { return std::uint64_t(7); }};
        d.reload = reload;
        d.info = info;
        dispatch.emplace(std::move(d));
    }
    control_world() = default;
    ~control_world()
    {
        if (bus)
            bus->close();
        time.run_until_idle();
    }

    http::incoming_request request(const std::string& verb, const std::string& path, http::header_list query = {},
                                   const std::string& body = {})
    {
        http::incoming_request r;
        r.verb = verb;
        r.path = path;
        r.query = std::move(query);
        r.body = body;
        r.headers = {{"Host", listener == control::metrics_listener ? "127.0.0.1:9464" : "ulak"}};
        r.remote.listener = listener;
        r.remote.local = true;
        r.remote.uid = 1000;
        r.remote.pid = 4711;
        if (!key.empty())
            r.headers.emplace_back("Idempotency-Key", key);
        return r;
    }
    http::reply ask(const std::string& verb, const std::string& path, http::header_list query = {},
                    const std::string& body = {})
    {
        const auto r = request(verb, path, std::move(query), body);
        return get(dispatch->answer(r));
    }
    http::reply read(const std::string& path, http::header_list query = {})
    {
        return ask("GET", path, std::move(query));
    }
    http::reply post(const std::string& path, const std::string& body = {}, http::header_list query = {})
    {
        return ask("POST", path, std::move(query), body);
    }

    std::string listener = control::operate_listener;
    std::string key{}; ///< Idempotency-Key of what is asked
    std::function<task<result<std::vector<engine::file_change>>>(bool)> reload{};
    std::function<control::daemon_info()> info{};
    std::unique_ptr<events::bus> bus{};
    std::optional<control::dispatcher> dispatch{};
};

inline json::object object_in(const http::reply& r)
{
    return json::parse(r.body).as_object();
}

/// "invalid_argument" …: the code of a refusal.
inline std::string code_in(const http::reply& r)
{
    BOOST_TEST(r.content_type == "application/problem+json");
    return std::string(object_in(r).at("code").as_string());
}

inline std::string detail_in(const http::reply& r)
{
    return std::string(object_in(r).at("detail").as_string());
}

inline std::string text_at(const json::object& o, const char* key)
{
    return std::string(o.at(key).as_string());
}

} // namespace ulak::testing
