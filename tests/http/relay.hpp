// A link between a client and a server that does something to one byte of each connection.
#pragma once

#include "http/loopback_listener.hpp"
#include "http/raw_peer.hpp"

#include <boost/asio/co_spawn.hpp>

#include <algorithm>
#include <functional>
#include <memory>
#include <string>

namespace ulak::http::testing {

/// What happens to the byte `at`, from 0, of one direction; the bytes before it pass.
struct link_fault {
    enum class direction { to_server, to_client };
    enum class kind { none, end, reset, flip, hold };

    direction way = direction::to_client;
    kind what = kind::none;
    std::size_t at = 0;
};

class relay {
  public:
    /// `plan` says what befalls the connection of that number, from 0.
    relay(executor ex, unsigned short to, std::function<link_fault(int)> plan)
        : state_(std::make_shared<state>(ex, to)),
          listener_(ex, [s = state_, plan = std::move(plan)](auto socket, int number) {
              return join(s, raw_peer(std::move(socket)), plan(number));
          })
    {
        port = listener_.port();
    }

    int befallen() const { return state_->befallen; }
    /// The most bytes that one connection carried.
    std::size_t carried(link_fault::direction way) const { return state_->carried[static_cast<int>(way)]; }

    unsigned short port = 0;

  private:
    struct state {
        state(executor ex_, unsigned short to_) : ex(ex_), to(to_) {}
        executor ex;
        unsigned short to;
        int befallen = 0;
        std::size_t carried[2] = {0, 0};
    };

    struct pair {
        pair(raw_peer client_, raw_peer server_, link_fault fault_)
            : client(std::move(client_)), server(std::move(server_)), fault(fault_)
        {}
        raw_peer client, server;
        link_fault fault;
    };

    static task<> join(std::shared_ptr<state> s, raw_peer client, link_fault fault)
    {
        raw_peer server(s->ex);
        bool connected = co_await server.connect(s->to);
        if (!connected)
            co_return client.reset();
        auto both = std::make_shared<pair>(std::move(client), std::move(server), fault);
        boost::asio::co_spawn(s->ex, carry(s, both, link_fault::direction::to_server), [](std::exception_ptr) {});
        boost::asio::co_spawn(s->ex, carry(s, both, link_fault::direction::to_client), [](std::exception_ptr) {});
    }

    static task<> carry(std::shared_ptr<state> s, std::shared_ptr<pair> both, link_fault::direction way)
    {
        const bool up = way == link_fault::direction::to_server;
        auto& from = up ? both->client : both->server;
        auto& to = up ? both->server : both->client;
        std::size_t passed = 0;
        bool stuck = false;
        for (;;) {
            auto bytes = co_await from.read_some();
            if (bytes.empty())
                break;
            const auto& fault = both->fault;
            const bool now = fault.what != link_fault::kind::none && fault.way == way && fault.at >= passed &&
                             fault.at < passed + bytes.size();
            passed += bytes.size();
            s->carried[static_cast<int>(way)] = std::max(s->carried[static_cast<int>(way)], passed);
            if (now) {
                const auto here = bytes.size() - (passed - fault.at);
                if (fault.what == link_fault::kind::flip)
                    bytes[here] = static_cast<char>(bytes[here] ^ 1);
                else
                    bytes.resize(here);
                ++s->befallen;
            }
            if (!bytes.empty() && !stuck)
                co_await to.send(std::move(bytes));
            stuck = stuck || (now && fault.what == link_fault::kind::hold);
            if (now && (fault.what == link_fault::kind::end || fault.what == link_fault::kind::reset))
                co_return break_off(*both);
        }
        to.end_sending();
    }

    static void break_off(pair& both)
    {
        for (auto* side : {&both.client, &both.server}) {
            if (both.fault.what == link_fault::kind::reset)
                side->reset();
            else
                side->end_sending();
        }
    }

    std::shared_ptr<state> state_;
    loopback_listener listener_;
};

} // namespace ulak::http::testing
