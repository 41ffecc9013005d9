#include "providers/outcome.hpp"

#include "events/redactor.hpp"
#include "sample.hpp"

#include <array>
#include <set>

BOOST_AUTO_TEST_SUITE(outcome_)

using namespace ulak;
using namespace ulak::providers;
using ulak::tests::answer;
using ulak::tests::complete;

namespace {

enum class body_kind { none, read_ok, read_refused, neither, both };

constexpr std::array phases{http::phase::resolve,  http::phase::connect, http::phase::tls,
                            http::phase::dispatch, http::phase::writing, http::phase::written,
                            http::phase::header,   http::phase::body,    http::phase::complete};
constexpr std::array statuses{100, 101, 200, 201, 202, 204, 205, 206, 226, 301, 302, 303, 304, 307,
                              308, 400, 401, 402, 403, 404, 405, 408, 409, 410, 413, 414, 415, 418,
                              422, 425, 429, 450, 451, 456, 499, 500, 502, 503, 504, 520, 599, 999};
constexpr std::array bodies{body_kind::none, body_kind::read_ok, body_kind::read_refused, body_kind::neither,
                            body_kind::both};
constexpr std::array<std::string_view, 3> codings{"", "identity", "gzip"};
const std::set<int> refusing{400, 401, 403, 404, 405, 413, 414, 415, 422};

struct combination {
    http::phase reached;
    bool handed, framed, left_over;
    int status;
    body_kind body;
    bool names_purchase;
    std::string_view coding;

    bool answered() const { return body != body_kind::none; }
    bool ok() const { return body == body_kind::read_ok || body == body_kind::both; }
    bool refused() const { return body == body_kind::read_refused || body == body_kind::both; }

    body_reading reading() const { return body_reading{ok(), refused(), answered() && names_purchase}; }

    http::exchange exchange() const
    {
        http::exchange_trace how;
        how.reached = reached;
        how.handed_to_tls = handed;
        how.framing_ok = framed;
        how.leftover = left_over ? 7 : 0;
        if (!answered())
            return http::exchange(error(errc::connection_lost, "lost"), how);
        auto r = answer("{}", status);
        if (!coding.empty())
            r.headers.emplace_back("content-encoding", coding);
        return http::exchange(std::move(r), how);
    }
};

template<class Visit>
std::size_t visit_all(Visit visit)
{
    std::size_t n = 0;
    for (const auto reached : phases)
        for (const bool handed : {false, true})
            for (const bool framed : {false, true})
                for (const bool left_over : {false, true})
                    for (const int status : statuses)
                        for (const auto body : bodies)
                            for (const bool names : {false, true})
                                for (const auto coding : codings) {
                                    visit(combination{reached, handed, framed, left_over, status, body, names, coding});
                                    ++n;
                                }
    return n;
}

// The table of the reliability rules, written a second time and differently.
classification expected(const combination& c)
{
    if (!c.handed)
        return classification::not_sent;
    if (!c.answered() || !c.framed || c.left_over)
        return classification::ambiguous;
    if (c.names_purchase && c.status != 200 && c.status != 201)
        return classification::ambiguous;
    if (c.status == 429)
        return classification::rate_limited;
    if (refusing.contains(c.status))
        return classification::rejected;
    const bool family = c.status / 100 == 2 || c.status / 100 == 4;
    if (!family || c.coding == "gzip" || c.status == 408 || c.status == 409 || c.status == 425)
        return classification::ambiguous;
    if (c.ok() && (c.status == 200 || c.status == 201))
        return classification::accepted;
    return c.refused() ? classification::rejected : classification::ambiguous;
}

} // namespace

BOOST_AUTO_TEST_CASE(every_combination_has_the_verdict_of_the_table)
{
    std::size_t wrong = 0;
    const auto n = visit_all([&](const combination& c) {
        const auto got = classify(c.exchange(), c.reading());
        if (got.as != expected(c) && ++wrong < 10)
            BOOST_ERROR("status " << c.status << " handed " << c.handed << " framed " << c.framed << " body "
                                  << static_cast<int>(c.body) << ": " << name(got.as) << ", not " << name(expected(c)));
    });
    BOOST_TEST(wrong == 0u);
    BOOST_TEST(n >= 10'000u);
}

BOOST_AUTO_TEST_CASE(the_laws_hold_over_every_combination)
{
    std::size_t broken = 0;
    visit_all([&](const combination& c) {
        const auto what = classify(c.exchange(), c.reading()).as;
        const bool laws = (what == classification::not_sent) == !c.handed &&
                          (what != classification::accepted || (c.framed && c.ok())) &&
                          (what != classification::rejected || c.framed) &&
                          (what != classification::rate_limited || c.framed) &&
                          (!(c.reading().names_purchase && c.handed) || c.status == 200 || c.status == 201 ||
                           what == classification::ambiguous) &&
                          (!(c.handed && c.status >= 500 && c.status < 600) || what == classification::ambiguous);
        broken += laws ? 0 : 1;
    });
    BOOST_TEST(broken == 0u);
}

BOOST_AUTO_TEST_CASE(cutting_an_answer_never_makes_it_more_certain)
{
    visit_all([&](const combination& c) {
        if (!c.handed || c.framed)
            return;
        const auto cut = classify(c.exchange(), c.reading()).as;
        if (cut != classification::ambiguous)
            BOOST_ERROR("a cut answer was " << name(cut));
    });
}

BOOST_AUTO_TEST_CASE(an_accepted_outcome_has_its_value_and_no_reason)
{
    const auto o = make_outcome<int>(complete(answer("{\"order\":5}")), parsed_answer<int>(5));
    BOOST_TEST(name(o.classified_as) == "accepted");
    BOOST_REQUIRE(o.value);
    BOOST_TEST(*o.value == 5);
    BOOST_TEST(!o.failure);
    BOOST_TEST(o.trace.framing_ok);
}

BOOST_AUTO_TEST_CASE(every_other_outcome_has_a_reason_and_no_value)
{
    const error refused(errc::balance, "yetersiz bakiye", reach::answered);
    const error nonsense(errc::contract, "nonsense", reach::answered);
    struct row {
        http::exchange e;
        std::optional<parsed_answer<int>> body;
        std::string_view verdict_name, code;
    };
    const row rows[] = {
        {complete(answer("{}")), parsed_answer<int>(refused), "rejected", "balance"},
        {complete(answer("{}")), parsed_answer<int>(nonsense), "ambiguous", "contract"},
        {complete(answer("{}", 500)), parsed_answer<int>(refused), "ambiguous", "balance"},
        {complete(answer("{}", 202)), parsed_answer<int>(5), "ambiguous", "ambiguous"},
        {complete(answer("{}", 429)), parsed_answer<int>(error(errc::rate_limited, "slow")), "rate_limited",
         "rate_limited"},
        {tests::failed(errc::connect_failed, http::phase::connect), std::nullopt, "not_sent", "connect_failed"},
        {tests::failed(errc::timed_out, http::phase::written), std::nullopt, "ambiguous", "timed_out"},
    };
    for (const auto& r : rows) {
        const auto o = make_outcome<int>(r.e, r.body);
        BOOST_TEST(name(o.classified_as) == r.verdict_name);
        BOOST_TEST(!o.value);
        BOOST_REQUIRE(o.failure);
        BOOST_TEST(name(o.failure->code) == r.code);
        BOOST_TEST(!o.evidence.empty());
    }
}

BOOST_AUTO_TEST_CASE(a_purchase_that_a_refusing_status_comes_with_is_kept_as_a_claim)
{
    const error refused(errc::validation, "HTTP 422", reach::answered);
    const auto o =
        make_outcome<int>(complete(answer("{\"order\":5}", 422)), parsed_answer<int>(refused), parsed_answer<int>(5));
    BOOST_TEST(name(o.classified_as) == "ambiguous");
    BOOST_TEST(!o.value);
    BOOST_TEST_REQUIRE(o.claimed.has_value());
    BOOST_TEST(*o.claimed == 5);
    BOOST_TEST_REQUIRE(o.failure.has_value());
    BOOST_TEST(name(o.failure->code) == "ambiguous");
    const auto cut = make_outcome<int>(tests::failed(errc::connection_lost, http::phase::body), std::nullopt);
    BOOST_TEST(!cut.claimed.has_value());
}

BOOST_AUTO_TEST_CASE(evidence_is_short_printable_and_without_secrets)
{
    events::process_redactor().add_secret("canary-4711-secret");
    const auto e = complete(answer("\x1b[2J key canary-4711-secret " + std::string(5'000, 'x'), 200, "text/plain"));
    const auto text = evidence_of(e);
    BOOST_TEST(text.find("HTTP 200, text/plain, ") == 0u);
    BOOST_TEST(text.find('\x1b') == std::string::npos);
    BOOST_TEST(text.find("canary-4711") == std::string::npos);
    BOOST_TEST(text.size() < 700u);
    const auto lost = evidence_of(tests::failed(errc::connection_lost, http::phase::written));
    BOOST_TEST(lost == "no answer: connection_lost, reached written, closed by none");
    auto cut = tests::failed(errc::connection_lost, http::phase::body);
    cut.trace.status = 200;
    cut.trace.duration = std::chrono::milliseconds(1234);
    BOOST_TEST(evidence_of(cut) ==
               "no answer: connection_lost, reached body, closed by none, HTTP 200 had begun, after 1234 ms");
}

BOOST_AUTO_TEST_SUITE_END()
