#include "ledger/detail/far_mark.hpp"

#include "ledger/detail/fnv1a.hpp"
#include "ledger/detail/path_lock.hpp"

#include <cstdio>
#include <filesystem>

#include <unistd.h>

namespace ulak::ledger {
namespace {

std::string hash_of(const std::string& text)
{
    char out[17] = {};
    std::snprintf(out, sizeof(out), "%016llx", static_cast<unsigned long long>(fnv1a(text)));
    return out;
}

} // namespace

far_mark::far_mark(const mark_place& where, const std::string& state_folder)
    : mark_(where.folder, "store-" + hash_of(canonical_path(state_folder)) + ".mark"),
      surroundings_(hash_of(file_identity(std::filesystem::path(canonical_path(state_folder)).parent_path().string()))),
      lasting_(where.lasting)
{}

std::optional<folder_mark::content> far_mark::read() const
{
    auto known = mark_.read();
    if (known && !lasting_ && known->place != surroundings_)
        return std::nullopt;
    return known;
}

void far_mark::write(const std::string& id, std::int64_t commits)
{
    folder_mark::content c;
    c.id = id;
    c.commits = commits;
    c.place = surroundings_;
    (void)mark_.write(c);
}

void far_mark::remove()
{
    (void)!::unlink(mark_.path().c_str());
}

std::vector<far_mark> far_marks(const std::vector<mark_place>& places, const std::string& state_folder)
{
    std::vector<far_mark> out;
    for (const auto& where : places)
        out.emplace_back(where, state_folder);
    return out;
}

} // namespace ulak::ledger
