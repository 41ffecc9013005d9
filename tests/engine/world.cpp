#include "engine/world.hpp"

#include "support/memory_ledger.hpp"

#include <boost/asio/steady_timer.hpp>

#include <fstream>

namespace ulak::testing {

namespace fs = std::filesystem;

namespace {

struct fake_job : kinds::prepared_job {
    fake_job(std::shared_ptr<script> act_, std::chrono::milliseconds asks) : act(std::move(act_)), asked_back(asks) {}

    task<kinds::ending> run(kinds::run_context& c) const override
    {
        const auto now = *act; // what it was when the run began, whatever the test says later
        co_return co_await now(c);
    }
    task<result<boost::json::object>> plan(kinds::run_context& c) const override
    {
        boost::json::object o;
        o["job"] = c.run().job;
        o["definition"] = c.run().definition;
        for (const auto& [name, value] : c.params())
            o["param." + name] = value;
        co_return o;
    }
    std::string waiting_reason(wall_point begun) const override
    {
        return begun < sleeps_until ? "it sleeps" : std::string();
    }

    std::chrono::milliseconds asks_back() const override { return asked_back; }
    bool can_pause() const override { return asked_back.count() == 0; }
    bool can_go_on() const override { return asked_back.count() == 0; }

    std::shared_ptr<script> act;
    std::chrono::milliseconds asked_back;
    wall_point sleeps_until = parse_rfc3339("2026-03-02T07:00:00Z").value();
};

kinds::kind fake_kind(const std::shared_ptr<script>& act)
{
    kinds::kind k;
    k.definition.name = "test.fake";
    k.definition.keys =
        yaml::record("A kind for tests.", {yaml::optional("account", yaml::text("It must exist."), ""),
                                           yaml::optional("asks_back", yaml::duration("Who was messaged."), "0s")});
    k.failure_entries = {{"refund-missing", true}, {"code-unreadable", false}};
    k.prepare = [act](const job::document& d, const kinds::load_context& c, yaml::problems& found) {
        const auto account = d.kind_keys->text("account");
        if (!account.empty() && !c.accounts.contains(account))
            found.push_back(d.kind_keys->problem_at("account", "U0999", "there is no account " + account));
        return std::make_shared<fake_job>(act, d.kind_keys->duration("asks_back"));
    };
    return k;
}

fs::path fresh_folder()
{
    std::string name = (fs::temp_directory_path() / "ulak-engine-XXXXXX").string();
    BOOST_TEST_REQUIRE(::mkdtemp(name.data()) != nullptr);
    return name;
}

} // namespace

std::size_t event_list::count(std::string_view what) const
{
    return static_cast<std::size_t>(std::ranges::count(all, what, &events::event::name));
}

const events::event* event_list::last(std::string_view what) const
{
    for (auto at = all.rbegin(); at != all.rend(); ++at)
        if (at->name == what)
            return &*at;
    return nullptr;
}

world::world(std::string_view start, std::string_view zone_name)
    : time(io.get_executor(), parse_rfc3339(start).value()),
      disk(tests::make_memory_ledger(io.get_executor())),
      folder(fresh_folder()),
      zone(time_zone::find(zone_name).value()),
      run_script(std::make_shared<script>(succeed))
{
    fs::create_directories(folder / "jobs.d");
    known_kinds.push_back(fake_kind(run_script));
}

world::~world()
{
    if (!lives.empty() && !now().store.dead) {
        now().store.refuses = false;
        stop();
        BOOST_TEST(now().engine->running() == 0u);
    }
    fs::remove_all(folder);
}

void world::write(const std::string& job, const std::string& keys, const std::string& kind)
{
    std::ofstream out(folder / "jobs.d" / (job + ".yaml"), std::ios::trunc);
    out << "version: 1\nkind: " << kind << "\n" << keys;
}

void world::remove(const std::string& job)
{
    fs::remove(folder / "jobs.d" / (job + ".yaml"));
}

void world::wake()
{
    lives.push_back(std::make_unique<daemon_life>(*disk, published, time));
    auto& l = now();
    engine::dependencies p{io.get_executor(), time, l.record, accounts,   channels(), (folder / "jobs.d").string(),
                           folder.string(),   zone, {},       known_kinds};
    adjust(p);
    l.engine = std::make_unique<engine::engine>(std::move(p));
}

void world::boot()
{
    wake();
    auto started = get(engine().start());
    BOOST_TEST_REQUIRE(started.has_value(), (started ? "" : started.error().message));
}

void world::crash()
{
    now().store.dead = true;
    time.run_until_idle();
}

void world::stop(std::chrono::milliseconds patience)
{
    bool done = false;
    auto& m = *now().engine;
    asio::co_spawn(io, keep(m.stop(time.now() + patience), done), [](std::exception_ptr e) { BOOST_TEST(!e); });
    time.run_until_idle();
    if (!done)
        time.advance(patience + 1s);
    BOOST_TEST(done);
    now().store.dead = true;
}

void world::commit(ledger::batch all)
{
    auto made = get(disk->commit(std::move(all)));
    BOOST_TEST_REQUIRE(made.has_value(), (made ? "" : made.error().message));
}

result<engine::start_result> world::try_begin(const std::string& job, boost::json::object params,
                                              const std::string& key)
{
    engine::start_request r;
    r.job = job;
    r.params = std::move(params);
    r.idempotency_key = key;
    return get(engine().start_run(std::move(r)));
}

run_id world::begin(const std::string& job, boost::json::object params, const std::string& key)
{
    auto s = try_begin(job, std::move(params), key);
    BOOST_TEST_REQUIRE(s.has_value(), (s ? "" : s.error().message));
    return s->id;
}

ledger::run_record world::run(const run_id& id)
{
    return get(disk->run(id)).value();
}

std::vector<ledger::run_record> world::runs(const std::string& job)
{
    ledger::run_query q;
    q.job = job;
    q.limit = 10'000;
    q.oldest_first = true;
    return get(disk->runs(std::move(q))).value();
}

std::vector<std::string> world::states(const std::string& job)
{
    std::vector<std::string> all;
    for (const auto& r : runs(job))
        all.emplace_back(name(r.state));
    return all;
}

task<kinds::ending> succeed(kinds::run_context&)
{
    co_return kinds::ending(ledger::run_state::succeeded);
}

task<kinds::ending> linger(kinds::run_context& c)
{
    while (!c.stopping() && !c.cancel_requested())
        co_await c.clock().sleep_for(1h);
    if (c.stopping())
        co_return kinds::ending::stopped();
    co_return kinds::ending(ledger::run_state::cancelled);
}

task<> keep(task<> work, bool& out)
{
    co_await std::move(work);
    out = true;
}

} // namespace ulak::testing
