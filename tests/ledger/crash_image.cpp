#include "ledger/crash_image.hpp"

#include <algorithm>
#include <array>
#include <set>

namespace ulak::tests {
namespace {

constexpr std::size_t sector = 512;

struct lot { // one image's luck: how many of a hundred unsynced sectors have reached the disk
    explicit lot(std::minstd_rand& r) : random(r), kept(std::array{0U, 10U, 50U, 90U, 100U}[r() % 5]) {}
    bool falls() { return random() % 100 < kept; }
    std::minstd_rand& random;
    unsigned kept;
};

void put(std::string& content, std::size_t at, std::string_view bytes)
{
    if (content.size() < at + bytes.size())
        content.resize(at + bytes.size(), '\0');
    content.replace(at, bytes.size(), bytes);
}

/// Sector for sector: a later version may be there without the earlier ones, and a write may be there in part.
void put_some(std::string& content, const disk_entry& e, lot& luck)
{
    const auto at = static_cast<std::size_t>(e.at);
    for (std::size_t from = 0; from < e.bytes.size();) {
        const auto to = std::min(e.bytes.size(), ((at + from) / sector + 1) * sector - at);
        if (luck.falls())
            put(content, at + from, std::string_view(e.bytes).substr(from, to - from));
        from = to;
    }
}

void carry_out(disk_image& files, const disk_entry& e)
{
    if (e.what == disk_op::open)
        files.try_emplace(e.file);
    else if (e.what == disk_op::write)
        put(files[e.file], static_cast<std::size_t>(e.at), e.bytes);
    else if (e.what == disk_op::truncate)
        files[e.file].resize(static_cast<std::size_t>(e.at));
    else if (e.what == disk_op::remove)
        files.erase(e.file);
}

void carry_out_perhaps(disk_image& files, const disk_entry& e, lot& luck)
{
    if (e.what == disk_op::write && files.contains(e.file))
        put_some(files[e.file], e, luck);
    else if (e.what != disk_op::write && e.what != disk_op::sync && luck.falls())
        carry_out(files, e);
}

bool of_folder(const disk_entry& e)
{
    return e.what == disk_op::open || e.what == disk_op::remove;
}

/// Up to which entry each file, and the folder (""), are on the disk. SQLite syncs the folder with the first sync of a
/// log or journal that it has opened.
std::map<std::string, std::size_t> synced(std::span<const disk_entry> written)
{
    std::map<std::string, std::size_t> last;
    std::set<std::string> fresh;
    for (std::size_t i = 0; i < written.size(); ++i) {
        const auto& e = written[i];
        if (e.what == disk_op::open && e.file.find("-") != std::string::npos)
            fresh.insert(e.file);
        if (e.what != disk_op::sync)
            continue;
        last[e.file] = i;
        if (fresh.erase(e.file) != 0)
            last[""] = i;
    }
    return last;
}

} // namespace

disk_image image_at(std::span<const disk_entry> written, std::size_t until, std::minstd_rand& random, bool syncs_hold)
{
    const auto before = written.first(until);
    const auto safe = syncs_hold ? synced(before) : std::map<std::string, std::size_t>();
    lot luck(random);
    disk_image files;
    for (std::size_t i = 0; i < until; ++i) {
        const auto last = safe.find(of_folder(before[i]) ? std::string() : before[i].file);
        if (last != safe.end() && i < last->second)
            carry_out(files, before[i]);
        else
            carry_out_perhaps(files, before[i], luck);
    }
    return files;
}

} // namespace ulak::tests
