// A client against a scripted server, with a certificate that the client trusts.
#pragma once

#include "http/loop.hpp"
#include "http/pool.hpp"
#include "http/print.hpp"
#include "http/scripted_server.hpp"
#include "http/temporary.hpp"

#include <functional>
#include <map>
#include <memory>
#include <string>

namespace ulak::http::testing {

/// Answers at once, or as a test says.
class fixed_resolver final : public resolver {
  public:
    task<result<endpoints>> resolve(std::string host, std::string port, async::steady_point deadline) override
    {
        ++asked;
        if (instead)
            co_return co_await instead(deadline);
        endpoints out;
        auto number = static_cast<unsigned short>(std::stoi(port));
        for (const auto& address : known[host])
            out.emplace_back(boost::asio::ip::make_address(address), number);
        if (out.empty())
            co_return error(errc::resolve_failed, "unknown name " + host);
        co_return out;
    }

    std::map<std::string, std::vector<std::string>> known{{"api.provider.test", {"127.0.0.1"}}};
    std::function<task<result<endpoints>>(async::steady_point)> instead{};
    int asked = 0;
};

/// Made once: a key takes long under a sanitizer.
struct shared_identities {
    identity authority = make_authority("Ulak test authority").value();
    identity leaf = make_leaf(authority, {"api.provider.test"}, {"127.0.0.1"}).value();

    static const shared_identities& get()
    {
        static const shared_identities one;
        return one;
    }
};

inline const std::string good_answer = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 14\r\n\r\n"
                                       "{\"queueId\":17}";

/// A provider that is content with everything.
inline task<> answer_all(scripted_peer& peer, int)
{
    bool more = co_await peer.hear("\r\n\r\n");
    while (more) {
        co_await peer.say(good_answer);
        more = co_await peer.hear("\r\n\r\n");
    }
}

struct client_fixture : loop_fixture {
    temporary_folder folder;
    std::string ca_file = folder.write("ca.pem", shared_identities::get().authority.certificate_pem);
    std::shared_ptr<fixed_resolver> names = std::make_shared<fixed_resolver>();
    std::unique_ptr<scripted_server> provider;
    std::unique_ptr<client> web;

    ~client_fixture()
    {
        web.reset();
        provider.reset();
    }

    void serve(scripted_server::script play)
    {
        const auto& leaf = shared_identities::get().leaf;
        provider = std::make_unique<scripted_server>(ex, leaf.certificate_pem, leaf.key_pem, std::move(play));
    }

    client_settings settings(std::string host = "api.provider.test")
    {
        auto where = origin::parse("https://" + host + ":" + std::to_string(provider->port) + "/api/v1").value();
        client_settings out(where);
        out.ca_file = ca_file;
        return out;
    }

    void use(client_settings s) { web = make_client(ex, clock, names, std::move(s)).value(); }

    void serve_and_use(scripted_server::script play)
    {
        serve(std::move(play));
        use(settings());
    }

    send_options within(std::chrono::milliseconds span) const { return send_options(in(span)); }

    send_options costly(dispatch_gate gate = {}) const
    {
        send_options out(in(100s));
        out.costly = true;
        out.gate = std::move(gate);
        return out;
    }

    static request read() { return request(method::get, "/balance", "test.balance"); }

    static request purchase()
    {
        request out(method::post, "/orders", "test.order");
        out.body = "{\"service\":3}";
        out.headers.emplace_back("Content-Type", "application/json");
        return out;
    }

    exchange ask(request r, send_options o) { return run(web->send(r, o)); }
    exchange ask(request r) { return ask(std::move(r), within(30s)); }

    std::shared_ptr<started<exchange>> begin(request r, send_options o)
    {
        auto kept = std::make_shared<std::pair<request, send_options>>(std::move(r), std::move(o));
        return start(keeping(kept, web->send(kept->first, kept->second)));
    }

    /// The client itself may be gone before it ends.
    static task<exchange> keeping(std::shared_ptr<std::pair<request, send_options>>, task<exchange> sent)
    {
        auto done = co_await std::move(sent);
        co_return done;
    }

    void until_heard(std::string_view mark)
    {
        until([&] { return provider->seen().find(mark) != std::string::npos; });
    }

    /// Lets the manual clock run on; whether the exchange ended by then.
    bool ends_within(const std::shared_ptr<started<exchange>>& x, std::chrono::seconds span)
    {
        turn();
        pass(span);
        turn();
        return x->ended();
    }
};

} // namespace ulak::http::testing
