#include "kinds/world.hpp"

#include "core/json_text.hpp"
#include "kinds/registry.hpp"

#include <algorithm>

namespace ulak::tests {

namespace l = ulak::ledger;

task<result<l::receipt>> crashing_ledger::commit(l::batch changes)
{
    if (refuse > 0) {
        --refuse;
        co_return error(errc::unavailable, "the disk is full");
    }
    ++commits;
    if (crash_at > 0 && commits >= crash_at && (!after || commits > crash_at))
        throw crashed();
    const l::batch asked = changes;
    auto made = co_await below_.commit(std::move(changes));
    if (crash_at > 0 && commits == crash_at && after)
        throw crashed();
    if (made)
        committed(asked);
    co_return made;
}

task<result<l::run_record>> crashing_ledger::run(run_id id)
{
    auto others = before_run(id);
    if (!others.empty()) {
        auto done = co_await below_.commit(std::move(others));
        BOOST_TEST(done.has_value());
    }
    co_return co_await below_.run(std::move(id));
}
task<result<std::optional<l::run_record>>> crashing_ledger::run_by_key(std::string key)
{
    return below_.run_by_key(std::move(key));
}
task<result<std::vector<l::run_record>>> crashing_ledger::runs(l::run_query q)
{
    return below_.runs(std::move(q));
}
task<result<std::vector<l::item_record>>> crashing_ledger::items(l::item_query q)
{
    return below_.items(std::move(q));
}
task<result<l::item_counts>> crashing_ledger::count_items(run_id run)
{
    return below_.count_items(std::move(run));
}
task<result<std::vector<l::effect_record>>> crashing_ledger::effects(l::effect_query q)
{
    auto found = co_await below_.effects(std::move(q));
    effects_read += found ? found->size() : 0;
    co_return found;
}
task<result<std::vector<l::identity_record>>> crashing_ledger::identities()
{
    return below_.identities();
}
task<result<std::vector<l::attention_record>>> crashing_ledger::attention(bool open_only)
{
    return below_.attention(open_only);
}
task<result<std::vector<l::attention_record>>> crashing_ledger::attention_page(l::attention_query q)
{
    return below_.attention_page(std::move(q));
}
task<result<std::int64_t>> crashing_ledger::count_attention()
{
    return below_.count_attention();
}
task<result<std::optional<wall_point>>> crashing_ledger::watermark(std::string job, std::string text)
{
    return below_.watermark(std::move(job), std::move(text));
}
task<result<std::vector<events::event>>> crashing_ledger::recent_events(std::string what, std::size_t limit)
{
    return below_.recent_events(std::move(what), limit);
}
task<result<std::vector<events::event>>> crashing_ledger::events_after(std::int64_t seq, std::size_t limit)
{
    return below_.events_after(seq, limit);
}
task<result<std::vector<l::notice_record>>> crashing_ledger::notices_due(wall_point now, std::size_t limit)
{
    return below_.notices_due(now, limit);
}
task<result<std::vector<l::suppression_record>>> crashing_ledger::suppressions()
{
    return below_.suppressions();
}
task<result<std::vector<l::suppression_record>>> crashing_ledger::suppressions_page(l::suppression_query q)
{
    return below_.suppressions_page(std::move(q));
}
task<result<std::int64_t>> crashing_ledger::count_suppressed(std::vector<std::string> phones)
{
    return below_.count_suppressed(std::move(phones));
}
task<result<std::vector<l::forbidden_recipient>>> crashing_ledger::forbidden_recipients(l::recipient_rules rules)
{
    return below_.forbidden_recipients(std::move(rules));
}
task<result<void>> crashing_ledger::check_budgets(l::effect_record asked, std::vector<l::budget_limit> limits)
{
    return below_.check_budgets(std::move(asked), std::move(limits));
}
task<result<std::vector<l::spend_total>>> crashing_ledger::spend_totals(l::spend_grouping by, time_zone zone)
{
    return below_.spend_totals(by, std::move(zone));
}
task<result<std::vector<l::balance_record>>> crashing_ledger::balances(std::string account, std::size_t limit)
{
    return below_.balances(std::move(account), limit);
}
task<result<std::vector<std::pair<std::string, std::string>>>> crashing_ledger::settings(std::string prefix)
{
    return below_.settings(std::move(prefix));
}

std::size_t event_list::count(std::string_view what) const
{
    return static_cast<std::size_t>(std::ranges::count_if(all, [&](const auto& e) { return e.name == what; }));
}

namespace {

reply next_reply(std::deque<reply>& fates)
{
    if (fates.empty())
        return reply::accept;
    const reply f = fates.front();
    fates.pop_front();
    return f;
}

} // namespace

task<result<std::vector<providers::service>>> fake_numbers::services(async::steady_point)
{
    co_return std::vector<providers::service>();
}

task<result<providers::service>> fake_numbers::offer(std::string id, async::steady_point)
{
    providers::service s;
    s.id = id;
    s.price = price;
    s.stock = stock;
    co_return s;
}

task<providers::outcome<providers::number_order>> fake_numbers::order(std::string id, std::string,
                                                                      providers::purchase_gate how)
{
    calls.push_back("order " + id);
    on_order();
    std::function<providers::number_order()> take = [this, id] {
        ++orders;
        sold_number n;
        n.id = std::to_string(next_id++);
        n.service = id;
        n.created = time.wall_now();
        sold.push_back(n);
        money_left = money_left - (price ? price->amount : decimal());
        providers::number_order o;
        o.id = n.id;
        o.number = "+65789654123";
        o.price = price;
        return o;
    };
    return simulate_call<providers::number_order>(next_reply(replies), std::move(how), refusal, std::move(take));
}

task<result<providers::number_status>> fake_numbers::poll(std::string id, async::steady_point)
{
    ++polls;
    calls.push_back("poll " + id);
    if (!poll_fails.message.empty())
        co_return poll_fails;
    for (sold_number& n : sold) {
        if (n.id != id)
            continue;
        on_poll(n);
        providers::number_status news;
        news.state = n.what == sold_number::code        ? providers::number_status::sms_state::code
                     : n.what == sold_number::cancelled ? providers::number_status::sms_state::ended
                     : n.what == sold_number::hidden    ? providers::number_status::sms_state::unreadable
                                                        : providers::number_status::sms_state::waiting;
        news.code = n.text;
        news.numeric = n.numeric;
        co_return news;
    }
    co_return error(errc::not_found, "no such number", reach::answered);
}

task<result<void>> fake_numbers::cancel(std::string id, async::steady_point)
{
    ++cancels_asked;
    calls.push_back("cancel " + id);
    std::string answer = "ok";
    if (!cancel_answers.empty()) {
        answer = cancel_answers.front();
        cancel_answers.pop_front();
    }
    for (sold_number& n : sold)
        if (n.id == id && n.what == sold_number::waiting && answer != "no") {
            n.what = sold_number::cancelled;
            if (answer != "ok-unrefunded")
                money_left = money_left + (price ? price->amount : decimal());
        }
    if (answer == "no")
        co_return error(errc::denied_now, "not now", reach::answered);
    if (answer == "lost")
        co_return error(errc::timed_out, "no answer", reach::maybe_sent);
    co_return result<void>();
}

task<result<std::vector<providers::listed_number>>> fake_numbers::recent_orders(int wanted, async::steady_point)
{
    std::vector<providers::listed_number> all;
    if (wanted == 1)
        on_list();
    if (list_fails > 0) {
        --list_fails;
        co_return error(errc::transient, "no list now", reach::answered);
    }
    for (const sold_number& n : sold) {
        providers::listed_number listed;
        listed.order.id = n.id;
        listed.order.number = "+65789654123";
        listed.order.price = price;
        listed.service = n.service;
        listed.operator_name = n.operator_name;
        listed.created = n.created;
        all.push_back(std::move(listed));
    }
    if (page == 0)
        co_return wanted == 1 ? all : std::vector<providers::listed_number>();
    std::ranges::reverse(all);
    const auto begin = std::min(all.size(), page * static_cast<std::size_t>(wanted - 1));
    const auto end = std::min(all.size(), begin + page);
    all.erase(all.begin() + static_cast<std::ptrdiff_t>(end), all.end());
    all.erase(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(begin));
    co_return all;
}

task<result<money>> fake_numbers::balance(async::steady_point)
{
    on_balance();
    co_return money(money_left, "TRY");
}

task<providers::outcome<providers::sms_receipt>> fake_sms::send(providers::sms_order o, providers::purchase_gate how)
{
    ++asked;
    on_send();
    error why = refusal;
    why.retry_after = retry_after;
    std::function<providers::sms_receipt()> take = [this, o] {
        taken.push_back(o);
        const std::string id = "q" + std::to_string(taken.size());
        queues[id] = taken.size() - 1;
        left = left - decimal::from_integer(static_cast<std::int64_t>(o.numbers.size()));
        return providers::sms_receipt{id};
    };
    return simulate_call<providers::sms_receipt>(next_reply(replies), std::move(how), std::move(why), std::move(take));
}

task<result<providers::sms_report>> fake_sms::report(std::string queue, async::steady_point)
{
    if (report_fails)
        co_return *report_fails;
    const auto found = queues.find(queue);
    if (found == queues.end())
        co_return error(errc::not_found, "no such queue", reach::answered);
    const providers::sms_order& order = taken[found->second];
    if (reports)
        co_return reports(order);
    providers::sms_report r;
    r.finished = true;
    for (const phone& p : order.numbers)
        r.entries.push_back({p.digits(), providers::sms_report::delivery_state::delivered, "ok"});
    co_return r;
}

task<providers::outcome<providers::panel_receipt>> fake_panel::add(providers::panel_order o,
                                                                   providers::purchase_gate how)
{
    std::function<providers::panel_receipt()> take = [this, o] {
        taken.push_back(o);
        left = left - decimal::from_micros(900'000);
        return providers::panel_receipt{std::to_string(23500 + taken.size())};
    };
    return simulate_call<providers::panel_receipt>(next_reply(replies), std::move(how), refusal, std::move(take));
}

task<result<std::map<std::string, result<providers::panel_status>>>> fake_panel::status(std::vector<std::string> ids,
                                                                                        async::steady_point)
{
    std::map<std::string, result<providers::panel_status>> all;
    if (!answers.empty()) {
        all.emplace(ids.front(), answers.front());
        if (answers.size() > 1)
            answers.pop_front();
    }
    co_return all;
}

task<result<money>> fake_balance::balance(async::steady_point)
{
    ++reads;
    auto answer = answers.front();
    if (answers.size() > 1)
        answers.pop_front();
    co_return answer;
}

providers::panel_status status_of(providers::panel_status::order_state s, std::string word,
                                  std::optional<decimal> charge, std::optional<std::int64_t> remains)
{
    providers::panel_status p;
    p.state = s;
    p.provider_status = std::move(word);
    p.charge = charge;
    p.remains = remains;
    p.currency = "USD";
    return p;
}

world::world() = default;

std::shared_ptr<providers::account> world::add(const std::string& name, const std::string& provider)
{
    auto a = std::make_shared<providers::account>();
    a->name = name;
    a->provider = provider;
    a->purchase_permits = std::make_unique<async::semaphore>(io.get_executor(), 1);
    (*accounts)[name] = a;
    return a;
}

fake_numbers& world::sells_numbers(const std::string& name)
{
    auto a = add(name, "smmonayim-numbers");
    a->unit = "TRY";
    auto seller = std::make_unique<fake_numbers>(clock);
    fake_numbers& fake = *seller;
    struct reader : providers::balance_reader {
        explicit reader(fake_numbers& f) : from(f) {}
        task<result<money>> balance(async::steady_point by) override { return from.balance(by); }
        fake_numbers& from;
    };
    a->balances = std::make_unique<reader>(fake);
    a->numbers = std::move(seller);
    return fake;
}

fake_sms& world::sends_sms(const std::string& name)
{
    auto a = add(name, "toplusms");
    a->unit = "credits";
    auto sender = std::make_unique<fake_sms>();
    fake_sms& fake = *sender;
    struct reader : providers::balance_reader {
        explicit reader(fake_sms& f) : from(f) {}
        task<result<money>> balance(async::steady_point by) override { return from.balance(by); }
        fake_sms& from;
    };
    a->balances = std::make_unique<reader>(fake);
    a->sms = std::move(sender);
    return fake;
}

fake_panel& world::is_panel(const std::string& name)
{
    auto a = add(name, "smmonayim-panel");
    a->unit = "USD";
    auto panel = std::make_unique<fake_panel>();
    fake_panel& fake = *panel;
    providers::service s;
    s.id = "1";
    s.name = "Followers";
    s.type = "Default";
    s.price = money(decimal::from_micros(900'000), "USD");
    s.min_quantity = 50;
    s.max_quantity = 10'000;
    fake.offered.push_back(s);
    s.id = "2";
    s.name = "Comments";
    s.type = "Custom Comments";
    fake.offered.push_back(s);
    struct reader : providers::balance_reader {
        explicit reader(fake_panel& f) : from(f) {}
        task<result<money>> balance(async::steady_point by) override { return from.balance(by); }
        fake_panel& from;
    };
    a->balances = std::make_unique<reader>(fake);
    a->panel = std::move(panel);
    return fake;
}

fake_balance& world::has_balance(const std::string& name, const std::string& unit)
{
    auto a = add(name, "tamonay");
    a->unit = unit;
    auto balance = std::make_unique<fake_balance>();
    fake_balance& fake = *balance;
    a->balances = std::move(balance);
    return fake;
}

std::shared_ptr<const kinds::prepared_job> world::load(const std::string& yaml, const std::string& name)
{
    problems.clear();
    job::load_environment around;
    around.zone = time_zone::utc();
    around.channels = {"ops"};
    auto decoded = job::decode(yaml, folder + "/" + name + ".yaml", kinds::kind_tables(known), around, problems);
    if (!decoded)
        return nullptr;
    const kinds::kind* k = kinds::find_kind(known, decoded->kind);
    BOOST_REQUIRE(k != nullptr);
    kinds::load_context context{*accounts, folder, time_zone::utc()};
    auto work = k->prepare(*decoded, context, problems);
    file = std::move(*decoded);
    params.clear();
    for (const job::parameter& p : file.parameters)
        if (p.default_value)
            params[p.name] = *p.default_value;
    return work;
}

bool world::reported(std::string_view code) const
{
    return std::ranges::any_of(problems, [&](const auto& p) { return p.code == code; });
}

void world::commit(ledger::batch changes)
{
    auto done = run(store->commit(std::move(changes)));
    BOOST_TEST_REQUIRE(done.has_value(), "the store refused: " << (done ? std::string() : done.error().message));
}

run_id world::create_run(const std::string& job)
{
    ledger::run_record r;
    r.id = run_id(make_ulid(unix_ms(clock.wall_now())));
    r.job = job;
    r.kind = file.kind;
    r.trigger = "manual";
    r.state = ledger::run_state::running;
    r.created_at = clock.wall_now();
    ledger::create_run c;
    c.run = r;
    ledger::batch changes;
    changes.push_back(std::move(c));
    commit(std::move(changes));
    return r.id;
}

namespace {

struct run_outcome {
    std::optional<kinds::ending> end{};
    bool finished = false, crashed_inside = false;
};

task<> drive(const kinds::prepared_job& work, kinds::run_context& c, run_outcome& out)
{
    try {
        out.end.emplace(co_await work.run(c));
    } catch (const crashed&) {
        out.crashed_inside = true;
    }
    out.finished = true;
}

} // namespace

std::optional<kinds::ending> world::resume(const kinds::prepared_job& work, const run_id& id,
                                           std::chrono::milliseconds at_most, std::chrono::milliseconds beat)
{
    ledger::recorder record(crashing, published, clock);
    kinds::run_environment around{io.get_executor(), clock, record, accounts, time_zone::utc(), folder};
    kinds::run_context c(around, run_of(id), file.limits, file.notify, params);
    current = &c;
    run_outcome out;
    start(drive(work, c, out), &signal);
    for (auto gone = 0ms; !out.finished && gone < at_most; gone += beat) {
        every_tick();
        settle();
        if (!out.finished)
            pass(beat);
    }
    if (!out.finished) {
        stop_run();
        settle();
        BOOST_TEST_REQUIRE(out.finished, "the run does not leave when it is stopped");
        out.end.reset();
    }
    current = nullptr;
    has_crashed = out.crashed_inside;
    if (out.end && !out.end->interrupted) {
        ledger::update_run last(id);
        last.state = out.end->state;
        last.finished_at = clock.wall_now();
        ledger::batch changes;
        changes.push_back(std::move(last));
        commit(std::move(changes));
    }
    return out.end;
}

void world::recover()
{
    ledger::effect_query q;
    q.states = {ledger::effect_state::intent, ledger::effect_state::dispatched};
    const auto open = run(store->effects(std::move(q))).value();
    ledger::batch changes;
    for (const ledger::effect_record& e : open) {
        const bool left = e.state == ledger::effect_state::dispatched;
        ledger::move_effect move(e.id, left ? ledger::effect_state::ambiguous : ledger::effect_state::not_sent);
        move.at = clock.wall_now();
        move.evidence = "crash";
        changes.push_back(std::move(move));
        ledger::move_items items;
        items.run = e.run;
        items.by_effect = e.id;
        items.from = ledger::item_state::submitting;
        items.to = left ? ledger::item_state::ambiguous : ledger::item_state::pending;
        changes.push_back(std::move(items));
        if (!left)
            continue;
        ledger::raise_attention raise;
        raise.entry.id = e.id.text();
        raise.entry.effect = e.id;
        raise.entry.run = e.run;
        raise.entry.job = e.job;
        raise.entry.account = e.account;
        raise.entry.kind = "ambiguous";
        raise.entry.amount = e.expected;
        raise.entry.at = clock.wall_now();
        changes.push_back(std::move(raise));
    }
    if (!changes.empty())
        commit(std::move(changes));
}

void world::resolve_entry(const std::string& id, ledger::effect_state to, const std::string& outcome)
{
    ledger::move_effect move(effect_id(id), to);
    move.at = clock.wall_now();
    if (to == ledger::effect_state::accepted)
        move.provider_ref = "resolved:" + id;
    ledger::resolve_attention resolve;
    resolve.id = id;
    resolve.outcome = outcome;
    resolve.at = clock.wall_now();
    ledger::batch changes;
    changes.push_back(std::move(move));
    changes.push_back(std::move(resolve));
    commit(std::move(changes));
}

std::vector<ledger::effect_record> world::effects_of(const run_id& id)
{
    ledger::effect_query q;
    q.run = id.text();
    return run(store->effects(std::move(q))).value();
}

std::vector<ledger::item_record> world::items_of(const run_id& id)
{
    ledger::item_query q;
    q.run = id;
    q.limit = 100'000;
    return run(store->items(std::move(q))).value();
}

} // namespace ulak::tests
