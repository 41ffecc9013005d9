#include "kinds/sms_send/recipient_source.hpp"
#include "kinds/sms_stage_world.hpp"

#include <map>
#include <string>
#include <vector>

BOOST_AUTO_TEST_SUITE(sms_recipient_source_)

namespace {

using namespace ulak;
using namespace ulak::tests;
using ledger::item_state;
using texts = std::vector<std::string>;

struct source_world : sms_world {
    source_world()
    {
        settings.recipients.form.column = "gsm";
        settings.message.sender = "MARKA";
        text("Merhaba");
    }
    void text(const std::string& t) { settings.message.text = job::text_template::parse(t).value(); }
    void csv(const std::string& content)
    {
        write("list.csv", content);
        settings.recipients.csv = folder + "/list.csv";
    }
    result<sms::recipient_source> open()
    {
        return sms::recipient_source::open(settings, values, sms::text_limits(), suppressed);
    }
    /// Each item as "phone state/reason text", or the error that ended the reading.
    texts read()
    {
        texts all;
        auto source = open();
        if (!source)
            return {"error: " + source.error().message};
        while (true) {
            const auto item = source->next();
            if (!item) {
                all.push_back("error: " + item.error().message);
                return all;
            }
            if (!*item)
                return all;
            const auto& i = **item;
            BOOST_TEST(i.position == static_cast<std::int64_t>(all.size()));
            std::string shown = i.phone + " " + std::string(ledger::name(i.state));
            if (!i.reason.empty())
                shown += "/" + i.reason.substr(0, i.reason.find(": "));
            if (!i.text.empty())
                shown += " " + i.text;
            all.push_back(std::move(shown));
        }
    }

    kinds::sms::settings settings{};
    std::map<std::string, std::string> values{};
    sms::phone_set suppressed{};
};

} // namespace

BOOST_FIXTURE_TEST_CASE(each_row_becomes_an_item_with_its_reason, source_world)
{
    csv("ad,gsm\nAli,5551000000\nVeli,0555 100 00 01\nAli,+90 555 100 00 00\nBozuk,12\nBos,\n\nCan,5551000002\n");
    suppressed.insert(sms::phone_key("5551000002"));
    BOOST_TEST(read() == texts({"5551000000 pending", "5551000001 pending", "5551000000 skipped/duplicate of line 2",
                                "12 skipped/number", " skipped/number", "5551000002 skipped/opt-out"}),
               boost::test_tools::per_element());
    BOOST_TEST(read() == read(), boost::test_tools::per_element()); // the same source, the same items
}

BOOST_FIXTURE_TEST_CASE(a_text_without_columns_is_common_to_all, source_world)
{
    csv("ad,gsm\nAli,5551000000\n");
    values["kod"] = "42";
    text("Kod ${kod}");
    const auto source = open();
    BOOST_TEST_REQUIRE(source.has_value());
    BOOST_TEST_REQUIRE(source->common_text().has_value());
    BOOST_TEST(source->common_text()->text == "Kod 42");
}

BOOST_FIXTURE_TEST_CASE(a_text_with_columns_is_each_recipients_own, source_world)
{
    csv("ad,gsm,kod\nAyşe,5551000000,7\nAli,5551000001,\n,5551000002,8\n");
    values["kod"] = "of the run"; // a column goes before a parameter of its name
    text("Merhaba ${ad}, kod ${kod}");
    BOOST_TEST(!open()->common_text().has_value());
    BOOST_TEST(read() == texts({"5551000000 pending Merhaba Ayşe, kod 7", "5551000001 skipped/no-value",
                                "5551000002 skipped/no-value"}),
               boost::test_tools::per_element());
    text("Merhaba ${ad|default(\"dost\")}");
    BOOST_TEST(read() == texts({"5551000000 pending Merhaba Ayşe", "5551000001 pending Merhaba Ali",
                                "5551000002 pending Merhaba dost"}),
               boost::test_tools::per_element());
}

BOOST_FIXTURE_TEST_CASE(a_row_whose_text_does_not_fit_is_invalid_and_its_number_stays_free, source_world)
{
    csv("ad,gsm\n😀,5551000000\nAli,5551000000\n");
    text("Merhaba ${ad}");
    BOOST_TEST(read() == texts({"5551000000 skipped/letter ‘😀’", "5551000000 pending Merhaba Ali"}),
               boost::test_tools::per_element());
}

BOOST_FIXTURE_TEST_CASE(an_invalid_row_ends_the_reading_if_the_job_says_so, source_world)
{
    settings.recipients.stop_on_invalid = true;
    csv("gsm\n5551000000\n\n12\n5551000001\n");
    const auto all = read();
    BOOST_TEST_REQUIRE(all.size() == 4u); // to the end, so that every bad row is told
    BOOST_TEST(all[3].starts_with("error: recipients: 1 row cannot be used: line 4: number: "), all[3]);
    csv("gsm\n5551000000\n5551000000\n"); // a duplicate is no mistake
    BOOST_TEST(read().size() == 2u);
}

BOOST_FIXTURE_TEST_CASE(a_source_that_cannot_be_used_says_why, source_world)
{
    struct sample {
        std::string content, text, message;
    };
    const std::vector<sample> samples{
        {"tel\n5551000000\n", "Merhaba", "recipients: the file has no column gsm"},
        {"", "Merhaba", "recipients: line 1: the file is empty"},
        {"gsm\n5551000000\n", "${kod}", "kod"},
        {"gsm\n5551000000\n", "5😀", "is in neither of the SMS alphabets"},
    };
    for (const sample& s : samples) {
        csv(s.content);
        text(s.text);
        const auto all = read();
        BOOST_TEST_REQUIRE(all.size() == 1u);
        BOOST_TEST(all[0].starts_with("error: "));
        BOOST_TEST(all[0].find(s.message) != std::string::npos, all[0]);
    }
}

BOOST_FIXTURE_TEST_CASE(a_file_that_becomes_unreadable_ends_the_reading, source_world)
{
    csv("ad,gsm\nAlş,5551000000\n\xDEule,5551000001\n");
    const auto all = read();
    BOOST_TEST_REQUIRE(all.size() == 2u);
    BOOST_TEST(all[1].starts_with("error: recipients: line 3: not UTF-8"), all[1]);
}

BOOST_FIXTURE_TEST_CASE(a_list_holds_numbers_and_templates_of_numbers, source_world)
{
    for (const char* entry : {"5551000000", "${gsm}", "${none}", "0${gsm}"})
        settings.recipients.numbers.push_back(job::text_template::parse(entry).value());
    values["gsm"] = "5551000001";
    BOOST_TEST(read() == texts({"5551000000 pending", "5551000001 pending", " skipped/number",
                                "5551000001 skipped/duplicate of entry 2"}),
               boost::test_tools::per_element());
}

BOOST_FIXTURE_TEST_CASE(what_stands_in_place_of_a_number_is_cut_and_printable, source_world)
{
    csv("gsm\n\"a\nb" + std::string(200, 'c') + "\"\n");
    const auto all = read();
    BOOST_TEST_REQUIRE(all.size() == 1u);
    BOOST_TEST(all[0].size() < 80u, all[0]);
    BOOST_TEST(all[0].find('\n') == std::string::npos);
}

BOOST_FIXTURE_TEST_CASE(recently_messaged_numbers_are_skipped_within_their_time, sms_stage_world)
{
    add_pending(2);
    sms::settings within = settings;
    within.recipients.sent_within = 24h;
    const auto call = lose_call({1}); // it may have been messaged
    pass(1h);
    std::vector<ledger::item_record> block{item_at(0), item_at(1), item_at(2, item_state::skipped)};
    BOOST_TEST(run(sms::skip_recently_messaged(context, settings, block)).has_value());
    BOOST_TEST((block[1].state == item_state::pending)); // the job does not ask for it
    BOOST_TEST(run(sms::skip_recently_messaged(context, within, block)).has_value());
    BOOST_TEST((block[0].state == item_state::pending));
    BOOST_TEST((block[1].state == item_state::skipped));
    BOOST_TEST(block[1].reason == "sent-within");
    BOOST_TEST(block[1].segments == 0);
    BOOST_TEST(block[2].reason.empty());
    pass(24h);
    std::vector<ledger::item_record> later{item_at(1)};
    BOOST_TEST(run(sms::skip_recently_messaged(context, within, later)).has_value());
    BOOST_TEST((later[0].state == item_state::pending));
}

BOOST_AUTO_TEST_SUITE_END()
