// Ulak's client under load, until it is killed: bench_ours WHAT URL CA-FILE CONNECTIONS
//   client    lib/http alone, each answer's JSON read
//   provider  what a run does when it polls for a code: an account with patience and a pace
//   idle      every connection asks once and is then kept
//   connect    every request on a new connection, the session resumed where the server allows it
#include "client_under_load.hpp"

#include "providers/detail/answer.hpp"

#include <boost/asio/co_spawn.hpp>

#include <string>

namespace {

using namespace ulak;
using namespace ulak::bench;
namespace asio = boost::asio;
using std::chrono::seconds;

constexpr seconds patience(30);

task<> ask_for_ever(http::client& web, async::clock& time, std::string what)
{
    do {
        http::request r(http::method::get, "/key/getMessage/100", "bench.getMessage");
        http::send_options how(time.now() + patience);
        how.costly = what == "connect";
        auto done = co_await web.send(r, how);
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

} // namespace

int main(int count, char** words)
{
    if (count != 5)
        return 2;
    const std::string what = words[1];
    asio::io_context loop(1);
    async::system_clock time(loop.get_executor());
    const std::size_t connections = std::stoul(words[4]);
    auto web = client_to(words[2], words[3], connections, loop.get_executor(), time);
    std::shared_ptr<providers::account> account;
    auto& direct = *web;
    if (what == "provider")
        account = account_over(std::move(web), loop.get_executor(), time);
    for (std::size_t i = 0; i < connections; ++i)
        if (account)
            asio::co_spawn(loop, poll_for_ever(*account, time), rethrow);
        else
            asio::co_spawn(loop, ask_for_ever(direct, time, what), rethrow);
    loop.run();
}
