// Ulak's client under load, until it is killed: bench_ours WHAT URL CA-FILE CONNECTIONS
//   client    lib/http alone, each answer's JSON read
//   provider  what a run does when it polls for a code: an account with patience and a pace
//   idle      every connection asks once and is then kept
//   connect    every request on a new connection, the session resumed where the server allows it
#include "async/system_clock.hpp"
#include "http/pool.hpp"
#include "providers/answer.hpp"
#include "providers/registry.hpp"

#include <boost/asio/co_spawn.hpp>

#include <cstdlib>
#include <iostream>
#include <string>

namespace {

using namespace ulak;
namespace asio = boost::asio;
using std::chrono::seconds;

constexpr seconds patience(30);
constexpr double no_limit = 1e9; // a pace that is kept but never waited for

[[noreturn]] void give_up(const error& why)
{
    std::cerr << "bench_ours: " << why << '\n';
    std::exit(1);
}

task<> ask_for_ever(http::client& web, async::clock& time, std::string what)
{
    do {
        http::request r(http::method::get, "/key/getMessage/100", "bench.getMessage");
        http::send_options how(time.now() + patience);
        how.costly = what == "connect";
        auto done = co_await web.send(std::move(r), std::move(how));
        if (!done.answer)
            give_up(done.answer.error());
        const auto body = providers::read_json(*done.answer, "bench");
        if (!body || providers::as_int(body->find("status")) != 0)
            give_up(error(errc::contract, "an odd answer"));
    } while (what != "idle");
}

task<> poll_for_ever(providers::account& from, async::clock& time)
{
    for (;;) {
        auto news = co_await from.numbers->poll("100", time.now() + patience);
        if (!news)
            give_up(news.error());
    }
}

std::shared_ptr<providers::account> account_over(std::unique_ptr<http::client> way, executor ex, async::clock& time)
{
    providers::account_settings s;
    s.name = "bench";
    s.provider = "smmonayim-numbers";
    s.secrets.emplace("key", secret("key"));
    s.options["http_method"] = "get";
    s.pace = yaml::rate_value{no_limit, "requests"};
    auto made = providers::make_account(s, std::move(way), ex, time);
    if (!made)
        give_up(made.error());
    return *made;
}

void rethrow(std::exception_ptr thrown)
{
    if (thrown)
        std::rethrow_exception(thrown);
}

} // namespace

int main(int count, char** words)
{
    if (count != 5)
        return 2;
    const std::string what = words[1];
    asio::io_context loop(1);
    async::system_clock time(loop.get_executor());
    http::client_settings settings(http::origin::parse(words[2]).value());
    settings.ca_file = words[3];
    settings.idle_time = std::chrono::hours(1);
    settings.connections = std::stoul(words[4]);
    auto names = http::make_resolver(loop.get_executor(), time);
    auto web = http::make_client(loop.get_executor(), time, names, settings).value();
    std::shared_ptr<providers::account> account;
    auto& direct = *web;
    if (what == "provider")
        account = account_over(std::move(web), loop.get_executor(), time);
    for (std::size_t i = 0; i < settings.connections; ++i)
        if (account)
            asio::co_spawn(loop, poll_for_ever(*account, time), rethrow);
        else
            asio::co_spawn(loop, ask_for_ever(direct, time, what), rethrow);
    loop.run();
}
