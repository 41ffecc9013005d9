// Reports from the field: four people, one message each, and what each poll answers.
#include "core/text.hpp"
#include "kinds/sms_world.hpp"
#include "providers/iletimerkezi/read.hpp"
#include "providers/toplusms/read.hpp"

#include <boost/json/serialize.hpp>

#include <algorithm>
#include <fstream>
#include <string>

BOOST_AUTO_TEST_SUITE(sms_field_reports_)

namespace {

using namespace ulak;
using namespace ulak::tests;
using ledger::run_state;

std::string person(const json::value& who)
{
    if (who.is_string())
        return std::string(who.get_string());
    const auto n = who.to_number<std::int64_t>();
    return n < 1000 ? std::to_string(5550000000 + n) : std::to_string(n);
}

/// Values of a case go over the usual ones.
void merge(json::object& into, const json::object& poll, const char* key)
{
    if (const auto* more = poll.if_contains(key))
        for (const auto& member : more->as_object())
            into[member.key()] = member.value();
}

json::array rows_of(const json::object& poll, bool codes)
{
    json::array rows;
    if (poll.at("rows").is_null())
        return rows;
    for (const auto& row : poll.at("rows").as_array()) {
        std::string word(row.at(1).as_string());
        if (codes)
            word = word == "delivered" ? "111" : word == "not_delivered" ? "112" : "110";
        rows.push_back(json::object{{"number", person(row.at(0))}, {"status", word}});
    }
    return rows;
}

std::int64_t with_word(const json::array& rows, std::string_view word)
{
    return std::ranges::count_if(
        rows, [&](const json::value& r) { return lower_ascii(trim(r.at("status").as_string())) == word; });
}

http::response answer(const json::object& body)
{
    http::response r;
    r.status = 200;
    r.headers.emplace_back("Content-Type", "application/json");
    r.body = json::serialize(body);
    return r;
}

providers::sms_report toplusms_report(const json::object& poll)
{
    const auto rows = rows_of(poll, false);
    json::object queue{{"queue_id", "q"},
                       {"queue_status", "completed"},
                       {"q_total_credit", "4"},
                       {"delivered_cnt", std::to_string(with_word(rows, "delivered"))},
                       {"not_delivered_cnt", std::to_string(with_word(rows, "not_delivered"))},
                       {"waiting_cnt", "0"},
                       {"sent_cnt", "0"},
                       {"total_numbers", "4"}};
    merge(queue, poll, "queue");
    json::object body{{"status", "success"}, {"queue", queue}};
    if (!poll.at("rows").is_null())
        body["numbers"] = rows;
    return providers::toplusms::wire::read_report(answer(body), "q").value();
}

providers::sms_report iletimerkezi_report(const json::object& poll)
{
    const auto rows = rows_of(poll, true);
    json::object order{{"id", "q"},
                       {"status", 114},
                       {"total", 4},
                       {"delivered", with_word(rows, "111")},
                       {"undelivered", with_word(rows, "112")},
                       {"price", 4},
                       {"message", rows}};
    merge(order, poll, "order");
    json::object body{
        {"response", json::object{{"status", json::object{{"code", 200}, {"message", ""}}}, {"order", order}}}};
    return providers::iletimerkezi::wire::read_report(answer(body), "q").value();
}

struct field_world : sms_world {
    /// Runs the case; the last poll stays.
    kinds::ending run_case(const json::object& c)
    {
        const auto* money_case = c.at("expect").as_object().if_contains("money");
        account("bulk").unit = money_case ? "TRY" : "credits";
        const auto polls = c.at("polls").as_array();
        std::size_t n = 0;
        const bool toplusms = c.at("account").as_string() == "toplusms";
        bulk.reports = [&, polls, toplusms](const providers::sms_order&) {
            const auto& poll = polls.at(std::min(n++, polls.size() - 1)).as_object();
            return toplusms ? toplusms_report(poll) : iletimerkezi_report(poll);
        };
        std::string yaml =
            job_with(R"({list: ["5550000000", "5550000001", "5550000002", "5550000003"]})", "", "track: {for: 10m}\n");
        if (money_case)
            yaml.replace(yaml.find("credits"), 7, "TRY");
        const auto work = load(yaml);
        BOOST_REQUIRE(work);
        id = create_run();
        return resume(*work, id).value();
    }

    void check_words(const json::object& expect)
    {
        if (const auto* keeps = expect.if_contains("keeps"))
            for (const auto& word : keeps->as_array())
                BOOST_TEST(std::ranges::any_of(items_of(id), [&](const auto& i) {
                    return i.reason.find(std::string(word.as_string())) != std::string::npos;
                }));
        if (expect.if_contains("open_is_said")) {
            const auto note = std::string(result_of(id).at("note").as_string());
            BOOST_TEST(note.starts_with("3 of 4 without report: provider says `"), note);
        }
        if (const auto* event = expect.if_contains("event"))
            BOOST_TEST(published.count(std::string(event->as_string())) >= 1u);
        else
            BOOST_TEST(published.count("report.mismatch") == 0u);
    }

    void check_sums(const json::object& expect)
    {
        if (const auto* counts = expect.if_contains("counts"))
            for (const auto& count : counts->as_object())
                BOOST_TEST(counted(id, std::string(count.key()).c_str()) == count.value().to_number<std::int64_t>());
        check_sum(id);
        if (const auto* spent = expect.if_contains("spent")) {
            const auto text = run_of(id).spent.amount.text();
            const bool fits = spent->is_string() ? spent->as_string() == text
                                                 : std::ranges::any_of(spent->as_array(), [&](const json::value& v) {
                                                       return v.as_string() == text;
                                                   });
            BOOST_TEST(fits, text);
        }
    }

    run_id id{};
};

} // namespace

BOOST_AUTO_TEST_CASE(a_run_says_what_its_report_says)
{
    std::ifstream lines(std::string(ULAK_SOURCE_DIR) + "/tests/kinds/field/sms_reports.jsonl");
    int cases = 0;
    for (std::string line; std::getline(lines, line); ++cases) {
        const auto c = json::parse(line).as_object();
        BOOST_TEST_CONTEXT(c.at("id").as_string() << ": " << c.at("why").as_string())
        {
            field_world w;
            const auto end = w.run_case(c);
            const auto& expect = c.at("expect").as_object();
            if (const auto* states = expect.if_contains("state"))
                BOOST_TEST(std::ranges::any_of(states->as_array(),
                                               [&](const json::value& s) { return s.as_string() == name(end.state); }),
                           name(end.state));
            w.check_sums(expect);
            w.check_words(expect);
        }
    }
    BOOST_TEST(cases >= 14);
}

BOOST_FIXTURE_TEST_CASE(a_price_is_learned_from_the_report_and_held_for_the_next_run, field_world)
{
    account("bulk").unit = "TRY";
    account("bulk").price_per_segment = decimal::parse("0.5").value();
    bulk.reports = [](const providers::sms_order& order) {
        providers::sms_report r;
        r.finished = true;
        r.cost = decimal::parse("0.12").value();
        for (const phone& p : order.numbers)
            r.entries.push_back({p.digits(), providers::sms_report::delivery_state::delivered, "111"});
        return r;
    };
    std::string yaml = job_with(three);
    yaml.replace(yaml.find("credits"), 7, "TRY");
    const auto work = load(yaml);
    for (const auto* held : {"1.5", "0.12"}) {
        const auto run = create_run();
        BOOST_TEST((resume(*work, run)->state == run_state::succeeded));
        BOOST_TEST(effect_of(run).expected.amount.text() == held);
        BOOST_TEST(run_of(run).spent.amount.text() == "0.12");
    }
}

BOOST_AUTO_TEST_SUITE_END()
