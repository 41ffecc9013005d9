// The power fails at any moment: what was acknowledged is there, and nothing by halves.
//     ULAK_IMAGES=10000 build/tests/ledger/test_ledger --run_test=power_loss_
#include "ledger/crash_image.hpp"
#include "ledger/detail/database.hpp"
#include "ledger/detail/effects_query.hpp"
#include "ledger/detail/events_table.hpp"
#include "ledger/detail/store.hpp"
#include "ledger/samples.hpp"
#include "ledger/temporary.hpp"

#include <cstdlib>
#include <fstream>

BOOST_AUTO_TEST_SUITE(power_loss_)

using namespace ulak;
using namespace ulak::ledger;
using namespace ulak::tests;
namespace fs = std::filesystem;

namespace {

constexpr int images_a_history = 100;
constexpr int commits_a_history = 24;

int images_wanted()
{
    const char* asked = std::getenv("ULAK_IMAGES");
    return asked ? std::atoi(asked) : 200;
}

/// What a store was asked to do, and how far it had said yes at which moment.
struct history {
    struct promise {
        std::size_t entries; ///< of the disk, when the commit came back
        int batches;         ///< that are durable from then on
    };
    std::vector<disk_entry> written{};
    std::vector<promise> promises{};
    int begun = 0;

    int promised_at(std::size_t entries) const
    {
        int n = 0;
        for (const auto& p : promises)
            if (p.entries <= entries)
                n = p.batches;
        return n;
    }
};

std::string id_of(char kind, int n)
{
    return kind + std::to_string(n);
}

std::size_t size_of_definition(int n)
{
    return static_cast<std::size_t>(n % 5 == 0 ? 20'000 : 100) + static_cast<std::size_t>(n);
}

/// Batch n: a run, its effect up to the dispatch, an event; and the effect of the batch before is accepted.
batch nth(int n)
{
    auto born = a_run(id_of('R', n), id_of('k', n));
    born.run.definition = std::string(size_of_definition(n), 'd');
    auto changes = all(born, an_effect(id_of('e', n), id_of('R', n), "s"),
                       moved(id_of('e', n), effect_state::dispatched), an_event(std::to_string(n)));
    if (n > 1)
        changes.emplace_back(moved(id_of('e', n - 1), effect_state::accepted, id_of('p', n - 1)));
    return changes;
}

history live(unsigned seed)
{
    history h;
    temporary_folder folder;
    std::minstd_rand random(seed);
    shim_vfs disk;
    disk.keeps_record = true;
    {
        auto s = store::open(folder / "ulak.db").value();
        for (int k = 0; k < commits_a_history; ++k) {
            std::vector<batch> group;
            for (auto left = 1 + random() % 3; left > 0; --left)
                group.push_back(nth(++h.begun));
            if (random() % 6 == 0)
                group.push_back(all(purge())); // the next checkpoint cuts the log
            for (const auto& outcome : s.commit(together(group)))
                BOOST_REQUIRE(outcome.has_value());
            h.promises.push_back({disk.written.size(), h.begun});
            if (random() % 3 == 0)
                s.checkpoint(random() % 2 == 0);
        }
    } // and closes: the whole log is copied, and goes
    h.written = std::move(disk.written);
    return h;
}

/// What is wrong with a store after the power came back; empty: nothing.
std::string judge(const std::string& path, const history& h, int promised)
{
    auto s = store::open(path);
    if (!s)
        return "it does not open: " + s.error().message;
    const auto events = s->read([](database& db) { return events_table(db).after(0, 100'000); });
    const auto effects = s->read([](database& db) { return read_effects(db, effect_query()); });
    if (!events || !effects)
        return "it cannot be read";
    const int found = static_cast<int>(events->size());
    if (found < promised || found > h.begun)
        return std::to_string(found) + " batches are there of " + std::to_string(promised) + " that were acknowledged";
    if (effects->size() != events->size())
        return std::to_string(effects->size()) + " effects for " + std::to_string(found) + " batches";
    for (int n = 1; n <= found; ++n) {
        const auto at = static_cast<std::size_t>(n - 1);
        const auto want = n < found ? effect_state::accepted : effect_state::dispatched;
        if ((*events)[at].message != std::to_string(n) || (*effects)[at].state != want)
            return "batch " + std::to_string(n) + " is there by halves";
        const auto size = s->read([n](database& db) {
            return db.query_integer("SELECT length(definition) FROM runs WHERE id=?", id_of('R', n));
        });
        if (!size || size->value_or(0) != static_cast<std::int64_t>(size_of_definition(n)))
            return "run " + std::to_string(n) + " is not whole";
    }
    const auto sound = s->read([](database& db) { return db.query_text("PRAGMA integrity_check"); });
    const auto joined =
        s->read([](database& db) { return db.query_integer("SELECT count(*) FROM pragma_foreign_key_check"); });
    if (!sound || sound->value_or("") != "ok" || !joined || joined->value_or(1) != 0)
        return "it is not sound";
    std::vector<batch> next;
    next.push_back(nth(found + 1));
    return s->commit(together(next)).front() ? "" : "it takes nothing more";
}

/// The sentences for `images` images.
std::vector<std::string> examine(const history& h, int images, std::minstd_rand& random, bool syncs_hold)
{
    temporary_folder folder;
    std::vector<std::string> wrong;
    for (int i = 0; i < images; ++i) {
        const auto until = random() % (h.written.size() + 1);
        for (const auto& entry : fs::directory_iterator(folder.path))
            fs::remove(entry.path());
        for (const auto& [name, content] : image_at(h.written, until, random, syncs_hold))
            std::ofstream(folder.path + "/" + name, std::ios::binary) << content;
        const auto sentence = judge(folder / "ulak.db", h, h.promised_at(until));
        if (!sentence.empty())
            wrong.push_back("after " + std::to_string(until) + " entries: " + sentence);
    }
    return wrong;
}

} // namespace

BOOST_AUTO_TEST_CASE(every_image_holds_what_was_acknowledged_and_nothing_by_halves)
{
    const int wanted = images_wanted();
    int done = 0;
    for (unsigned seed = 1; done < wanted; ++seed) {
        const auto h = live(seed);
        std::minstd_rand random(seed);
        const int images = std::min(images_a_history, wanted - done);
        for (const auto& sentence : examine(h, images, random, true))
            BOOST_ERROR("seed " << seed << ", " << sentence);
        done += images;
    }
    BOOST_TEST_MESSAGE(done << " images of a disk after a power failure");
}

BOOST_AUTO_TEST_CASE(a_disk_that_lies_about_syncs_is_found_out)
{
    const auto h = live(7);
    std::minstd_rand random(7);
    BOOST_TEST(!examine(h, 40, random, false).empty());
}

BOOST_AUTO_TEST_SUITE_END()
