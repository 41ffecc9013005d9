// An http::client that knows beforehand what will be asked and what the answers are.
#pragma once

#include "async/clock.hpp"
#include "http/client.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <chrono>
#include <deque>
#include <memory>
#include <regex>
#include <string>
#include <vector>

namespace ulak::tests {

/// What will be asked, in order. A script outlives its clients; its destructor tells what was not asked.
///     script.expect("getBalance").reply_with(complete(answer(…)));
///     script.expect("POST .*/getNumber").after(5s).reply_with(failed(errc::timed_out, http::phase::written));
class script {
  public:
    class step {
      public:
        step& reply_with(http::exchange e)
        {
            reply = std::make_shared<http::exchange>(std::move(e));
            return *this;
        }
        step& after(std::chrono::milliseconds d)
        {
            delay = d;
            return *this;
        }
        step& hang() { return after(std::chrono::hours(24)); } ///< until the deadline
        step& times(int n)
        {
            left = n;
            return *this;
        }

        std::string pattern;
        std::shared_ptr<http::exchange> reply{};
        std::chrono::milliseconds delay{0};
        int left = 1;
    };

    explicit script(async::clock& time) : clock(time) {}
    ~script() { BOOST_TEST(steps.empty(), "never asked: " << (steps.empty() ? std::string() : steps.front().pattern)); }

    /// The pattern is searched for in "METHOD target label".
    step& expect(std::string pattern)
    {
        steps.push_back(step{std::move(pattern)});
        return steps.back();
    }

    /// "GET /user", in the order of asking.
    std::vector<std::string> lines() const
    {
        std::vector<std::string> out;
        for (const auto& r : asked)
            out.push_back(std::string(name(r.verb)) + " " + r.target);
        return out;
    }

    async::clock& clock;
    std::deque<step> steps{};
    std::vector<http::request> asked{};
    std::vector<async::steady_point> asked_at{}, deadlines{};
    std::vector<bool> costly{};
    int gates_passed = 0;
};

class scripted_client final : public http::client {
  public:
    explicit scripted_client(script& s) : script_(s) {}

    using client::send;
    task<> send(const http::request& r, const http::send_options& options, std::optional<http::exchange>& out) override
    {
        out = co_await play(r, options);
    }

  private:
    task<http::exchange> play(const http::request& r, const http::send_options& options)
    {
        note(r, options);
        const auto reply = next(r);
        if (!reply)
            co_return http::exchange(error(errc::contract, "the script did not expect this"));
        if (options.costly && options.gate) {
            auto go = co_await options.gate();
            if (!go)
                co_return http::exchange(go.error());
            ++script_.gates_passed;
        }
        const auto ready = script_.clock.now() + delay_;
        const auto stopped = co_await script_.clock.sleep_until(std::min(ready, options.deadline));
        if (stopped)
            co_return cut_off(errc::cancelled);
        if (ready > options.deadline)
            co_return cut_off(errc::timed_out);
        co_return *reply;
    }

    void note(const http::request& r, const http::send_options& options)
    {
        script_.asked.push_back(r);
        script_.asked_at.push_back(script_.clock.now());
        script_.deadlines.push_back(options.deadline);
        script_.costly.push_back(options.costly);
    }

    std::shared_ptr<http::exchange> next(const http::request& r)
    {
        const auto line = std::string(name(r.verb)) + " " + r.target + " " + std::string(r.label);
        if (script_.steps.empty()) {
            BOOST_ERROR("nobody expected " << line);
            return nullptr;
        }
        auto& head = script_.steps.front();
        BOOST_TEST(std::regex_search(line, std::regex(head.pattern)),
                   "expected " << head.pattern << ", asked " << line);
        auto reply = head.reply ? head.reply : std::make_shared<http::exchange>(cut_off(errc::timed_out));
        delay_ = head.delay;
        if (--head.left == 0)
            script_.steps.pop_front();
        return reply;
    }

    static http::exchange cut_off(errc code)
    {
        http::exchange_trace how;
        how.reached = http::phase::written;
        how.handed_to_tls = true;
        return http::exchange(error(code, "cut off", reach::maybe_sent), how);
    }

    script& script_;
    std::chrono::milliseconds delay_{0};
};

inline std::unique_ptr<http::client> client_of(script& s)
{
    return std::make_unique<scripted_client>(s);
}

} // namespace ulak::tests
