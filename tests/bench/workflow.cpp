// Number workflows without end, until it is killed: bench_workflow URL CA-FILE CONNECTIONS STATE-FOLDER
// Each is four requests as `bench_ours provider` makes them, with the four durable commits of a purchase around them.
#include "client_under_load.hpp"

#include "core/ids.hpp"
#include "ledger/sqlite_ledger.hpp"

#include <boost/asio/co_spawn.hpp>

namespace {

using namespace ulak;
using namespace ulak::bench;
namespace asio = boost::asio;
using ledger::effect_state;

constexpr std::chrono::seconds patience(30);
const money price{decimal::from_integer(4), "TRY"};

struct flow {
    ledger::ledger& store;
    providers::account& from;
    async::clock& time;
    run_id run{};
    effect_id effect{};

    task<> request()
    {
        auto news = co_await from.numbers->poll("100", time.now() + patience);
        if (!news)
            give_up(news.error());
    }
    task<> keep(ledger::batch changes)
    {
        auto kept = co_await store.commit(std::move(changes));
        if (!kept)
            give_up(kept.error());
    }
    ledger::batch booked();
    ledger::batch moved(effect_state to, bool done) const;
};

ledger::batch flow::booked()
{
    const auto now = time.wall_now();
    run = run_id(make_ulid(unix_ms(now)));
    effect = effect_id(make_ulid(unix_ms(now)));
    ledger::create_run made;
    made.run.id = run;
    made.run.job = "otp";
    made.run.kind = "otp.acquire";
    made.run.trigger = "manual";
    made.run.state = ledger::run_state::running;
    made.run.created_at = now;
    ledger::intend booking;
    booking.effect.id = effect;
    booking.effect.run = run;
    booking.effect.step = "number/1";
    booking.effect.attempt = 1;
    booking.effect.job = "otp";
    booking.effect.account = "bench";
    booking.effect.provider = "smmonayim-numbers";
    booking.effect.operation = "number.order";
    booking.effect.expected = price;
    booking.effect.intended_at = now;
    ledger::batch all;
    all.push_back(std::move(made));
    all.push_back(std::move(booking));
    return all;
}

ledger::batch flow::moved(effect_state to, bool done) const
{
    ledger::batch all;
    ledger::move_effect move(effect, to);
    move.at = time.wall_now();
    if (to == effect_state::accepted)
        move.provider_ref = effect.text(); // each number has an id of its own
    all.push_back(std::move(move));
    if (!done && to == effect_state::dispatched)
        return all;
    ledger::update_run state(run);
    state.progress = R"({"at":"waiting","number":"905551112233"})";
    all.push_back(std::move(state));
    return all;
}

task<> buy_for_ever(ledger::ledger& store, providers::account& from, async::clock& time)
{
    for (;;) {
        flow f{store, from, time};
        co_await f.keep(f.booked());
        co_await f.keep(f.moved(effect_state::dispatched, false));
        co_await f.request();
        co_await f.keep(f.moved(effect_state::accepted, false));
        for (int look = 0; look < 3; ++look)
            co_await f.request();
        ledger::update_run end(f.run);
        end.state = ledger::run_state::succeeded;
        end.finished_at = time.wall_now();
        events::event told("run.finished", events::level::info, "succeeded");
        told.time = time.wall_now();
        ledger::batch last;
        last.push_back(std::move(end));
        last.push_back(ledger::append_event{std::move(told)});
        co_await f.keep(std::move(last));
    }
}

} // namespace

int main(int count, char** words)
{
    if (count != 5)
        return 2;
    asio::io_context loop(1);
    async::system_clock time(loop.get_executor());
    const std::size_t connections = std::stoul(words[3]);
    auto account =
        account_over(client_to(words[1], words[2], connections, loop.get_executor(), time), loop.get_executor(), time);
    auto store = ledger::open_sqlite(loop.get_executor(), words[4]);
    if (!store)
        give_up(store.error());
    for (std::size_t i = 0; i < connections; ++i)
        asio::co_spawn(loop, buy_for_ever(**store, *account, time), rethrow);
    loop.run();
}
