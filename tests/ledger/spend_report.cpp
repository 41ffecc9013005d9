#include "ledger/detail/spend_report.hpp"

#include "ledger/tables.hpp"

#include <boost/test/unit_test.hpp>

#include <random>

using namespace ulak;
using namespace ulak::ledger;
using namespace ulak::tests;
using namespace std::chrono_literals;

namespace {

/// A sum over all effects, as the reports made it before there were kept totals; written again here on purpose.
std::string scan(database& db, const char* key, const char* quarter)
{
    std::string out;
    auto line = [&out](const row& r) {
        for (int column = 0; column < 6; ++column)
            out += r.text(column) + (column < 5 ? "|" : "\n");
    };
    const std::string sql = std::string("SELECT ") + key + " k," + quarter +
                            " q,unit,sum(iif(state='accepted',cost,0)),sum(iif(state='accepted',0,held)),count(*)"
                            " FROM effects WHERE state IN('intent','dispatched','accepted','ambiguous','orphaned',"
                            "'written_off') GROUP BY k,q,unit ORDER BY k,q,unit";
    BOOST_REQUIRE(db.for_each_row(sql, line));
    return out;
}

std::string kept(database& db, int grouping)
{
    std::string out;
    auto line = [&out](const row& r) {
        for (int column = 0; column < 6; ++column)
            out += r.text(column) + (column < 5 ? "|" : "\n");
    };
    BOOST_REQUIRE(db.for_each_row("SELECT name,quarter,unit,spent,open,effects FROM spend_sums WHERE grouping=?"
                                  " ORDER BY name,quarter,unit",
                                  line, std::int64_t(grouping)));
    return out;
}

} // namespace

BOOST_FIXTURE_TEST_SUITE(spend_report_, tables_fixture)

BOOST_AUTO_TEST_CASE(kept_totals_equal_a_scan_after_any_history)
{
    std::mt19937 random(20'261'201); // the same histories each time
    auto pick = [&random](int below) { return static_cast<int>(random() % static_cast<unsigned>(below)); };
    const char* units[] = {"TRY", "USD", "credits"};
    effects_table effects(db);
    std::vector<std::string> ids;
    int moves = 0, refunds = 0;
    for (int step = 0; step < 3000; ++step) {
        if (ids.empty() || pick(4) == 0) {
            auto e = an_effect("e" + std::to_string(step), "R1", "s" + std::to_string(step), 1,
                               std::to_string(pick(900)).c_str());
            e.effect.job = "job-" + std::to_string(pick(4));
            e.effect.account = "account-" + std::to_string(pick(3));
            e.effect.expected.unit = units[pick(3)];
            e.effect.intended_at = noon + std::chrono::minutes(pick(5000));
            if (effects.book(e))
                ids.push_back("e" + std::to_string(step));
            continue;
        }
        const auto& id = ids[static_cast<std::size_t>(pick(static_cast<int>(ids.size())))];
        if (pick(6) == 0) {
            refund_effect back;
            back.id = effect_id(id);
            back.amount = decimal::from_micros(pick(500) * 10'000);
            back.at = noon;
            refunds += effects.refund(back).has_value();
            continue;
        }
        auto m = moved(id, static_cast<effect_state>(pick(12)), "ref-" + id);
        if (pick(2) == 0)
            m.charged = money(decimal::from_micros(pick(90'000) * 1'000), units[pick(3)]);
        moves += effects.move(m).has_value();
        if (step % 50 != 0)
            continue;
        BOOST_TEST(kept(db, 0) == scan(db, "job", "0"));
        BOOST_TEST(kept(db, 1) == scan(db, "account", "0"));
        BOOST_TEST(kept(db, 2) == scan(db, "''", "intended_at/900000*900000"));
    }
    BOOST_TEST(moves > 300); // the histories are worth the name
    BOOST_TEST(refunds > 50);
    BOOST_TEST(!kept(db, 2).empty());
}

BOOST_AUTO_TEST_CASE(an_absurd_charge_does_not_keep_an_outcome_from_being_stored)
{
    effects_table effects(db);
    for (const char* id : {"e1", "e2"}) {
        BOOST_REQUIRE(effects.book(an_effect(id, "R1", id)));
        BOOST_REQUIRE(effects.move(moved(id, effect_state::dispatched)));
    }
    BOOST_REQUIRE(db.execute("UPDATE spend_sums SET spent=9223372036854775000"));
    auto m = moved("e1", effect_state::accepted, "1");
    BOOST_TEST(verdict(effects.move(m)) == "ok");
    BOOST_TEST(number("SELECT min(spent) FROM spend_sums") == std::numeric_limits<std::int64_t>::max());
}

BOOST_AUTO_TEST_CASE(slices_put_together_are_the_whole)
{
    effects_table effects(db);
    for (int i = 0; i < 7; ++i) {
        auto e = an_effect("e" + std::to_string(i), "R1", "s" + std::to_string(i));
        e.effect.intended_at = noon + std::chrono::hours(6 * i);
        BOOST_REQUIRE(effects.book(e));
    }
    spend_report folded(spend_grouping::day, time_zone::utc());
    spend_cursor after;
    std::size_t slices = 0;
    for (std::size_t received = 2; received == 2; ++slices) {
        auto sums = read_spend_sums(db, spend_grouping::day, after, 2).value();
        received = sums.size();
        folded.add(sums);
        if (received != 0)
            after = sums.back();
    }
    BOOST_TEST(slices == 4u);
    std::string text;
    for (const auto& r : folded.rows())
        text += r.key + "=" + r.open.text() + "," + std::to_string(r.effects) + " ";
    BOOST_TEST(text == "2026-11-22=8.00 TRY,2 2026-11-23=16.00 TRY,4 2026-11-24=4.00 TRY,1 ");
}

BOOST_AUTO_TEST_SUITE_END()
