#include "kinds/sms_send/chunk_builder.hpp"
#include "kinds/sms_stage_world.hpp"

#include <vector>

BOOST_AUTO_TEST_SUITE(sms_chunk_builder_)

namespace {

using namespace ulak;
using namespace ulak::tests;
using ledger::item_state;
using positions = std::vector<std::int64_t>;

std::vector<ledger::item_record> items_with(const std::vector<std::string>& texts)
{
    std::vector<ledger::item_record> items;
    for (const auto& text : texts)
        items.push_back(item_at(static_cast<std::int64_t>(items.size()), item_state::pending, text));
    return items;
}

struct chunks_world : sms_stage_world {
    positions next(sms::chunk_builder& chunks)
    {
        const auto chunk = run(chunks.next()).value();
        std::vector<std::int64_t> all = positions_of(chunk);
        if (!all.empty() && sends)
            commit({moved(id, all, item_state::pending, item_state::skipped)});
        return all;
    }
    /// Every chunk until nothing is pending.
    std::vector<positions> all_chunks(std::size_t size)
    {
        sms::chunk_builder chunks(context, size);
        std::vector<positions> all;
        for (auto chunk = next(chunks); !chunk.empty(); chunk = next(chunks))
            all.push_back(chunk);
        return all;
    }
    bool sends = true; ///< the items of each chunk leave `pending`
};

} // namespace

BOOST_AUTO_TEST_CASE(a_page_is_parted_by_its_texts_in_their_order)
{
    struct sample {
        std::vector<std::string> texts;
        std::vector<positions> chunks;
    };
    const std::vector<sample> samples{
        {{"a"}, {{0}}},
        {{"a", "a", "a"}, {{0, 1, 2}}},
        {{"a", "b", "a"}, {{0, 2}, {1}}},
        {{"a", "b", "c"}, {{0}, {1}, {2}}},
        {{"", "", "b"}, {{0, 1}, {2}}},
        {{}, {}},
    };
    for (const sample& s : samples) {
        std::vector<positions> chunks;
        for (const auto& chunk : sms::by_text(items_with(s.texts)))
            chunks.push_back(positions_of(chunk));
        BOOST_TEST((chunks == s.chunks));
    }
}

BOOST_FIXTURE_TEST_CASE(a_provider_of_several_texts_gets_whole_pages, chunks_world)
{
    add_items(items_with({"a", "b", "a", "c"}));
    sms::chunk_builder chunks(context, 3, true);
    BOOST_TEST(next(chunks) == positions({0, 1, 2}), boost::test_tools::per_element());
    BOOST_TEST(next(chunks) == positions({3}), boost::test_tools::per_element());
    BOOST_TEST(next(chunks).empty());
}

BOOST_FIXTURE_TEST_CASE(every_pending_item_is_in_exactly_one_chunk, chunks_world)
{
    for (const std::size_t size : {1u, 2u, 3u, 7u, 100u}) {
        id = create_run();
        pass(1ms);
        kinds::run_context one = context_with(budget);
        std::vector<std::string> texts;
        for (int i = 0; i < 23; ++i)
            texts.push_back(std::string(1, static_cast<char>('a' + i * i % 5)));
        add_items(items_with(texts));
        sms::chunk_builder chunks(one, size);
        std::map<std::int64_t, int> seen;
        for (auto chunk = next(chunks); !chunk.empty(); chunk = next(chunks)) {
            BOOST_TEST(chunk.size() <= size);
            for (const auto position : chunk) {
                ++seen[position];
                BOOST_TEST(texts[static_cast<std::size_t>(position)] == texts[static_cast<std::size_t>(chunk[0])]);
            }
        }
        BOOST_TEST(seen.size() == texts.size());
        for (const auto& [position, times] : seen)
            BOOST_TEST(times == 1, position << " is in " << times << " chunks of " << size);
    }
}

BOOST_FIXTURE_TEST_CASE(only_pending_items_are_read, chunks_world)
{
    add_items({item_at(0), item_at(1, item_state::skipped), item_at(2), item_at(3, item_state::rejected), item_at(4)});
    BOOST_TEST((all_chunks(2) == std::vector<positions>{{0, 2}, {4}}));
}

BOOST_FIXTURE_TEST_CASE(items_below_those_that_were_read_are_found_at_the_end, chunks_world)
{
    add_items({item_at(1), item_at(2), item_at(3)});
    sms::chunk_builder chunks(context, 2);
    BOOST_TEST(next(chunks) == positions({1, 2}), boost::test_tools::per_element());
    add_items({item_at(0)}); // as if its call was not executed
    BOOST_TEST(next(chunks) == positions({3}), boost::test_tools::per_element());
    BOOST_TEST(next(chunks) == positions({0}), boost::test_tools::per_element());
    BOOST_TEST(next(chunks).empty());
}

BOOST_FIXTURE_TEST_CASE(a_restart_begins_at_the_first_position, chunks_world)
{
    sends = false;
    add_pending(4);
    sms::chunk_builder chunks(context, 2);
    BOOST_TEST(next(chunks) == positions({0, 1}), boost::test_tools::per_element());
    chunks.restart();
    BOOST_TEST(next(chunks) == positions({0, 1}), boost::test_tools::per_element());
    BOOST_TEST(next(chunks) == positions({2, 3}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_SUITE_END()
