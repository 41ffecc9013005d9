#include "ulakd/job_check.hpp"

#include "job/redacted_problems.hpp"
#include "kinds/registry.hpp"
#include "yaml/codes.hpp"
#include "yaml/load.hpp"
#include "yaml/node.hpp"

#include <filesystem>
#include <iterator>
#include <set>
#include <system_error>
#include <utility>

namespace ulak::daemon {

namespace {

using position = std::pair<std::size_t, std::size_t>;

// The places of all scalars: what is wrong with the meaning of a written value is true whatever else is wrong.
void collect_value_positions(const yaml::node& at, std::set<position>& all)
{
    if (at.node_kind == yaml::node::kind::scalar)
        all.emplace(at.line, at.column);
    for (const yaml::node& item : at.items)
        collect_value_positions(item, all);
    for (const auto& [key, value] : at.members)
        collect_value_positions(value, all);
}

// The value that holds a mistake of its template.
position value_containing(const std::set<position>& values, const yaml::place& mistake)
{
    const auto behind = values.upper_bound({mistake.line, mistake.column});
    return behind == values.begin() ? position() : *std::prev(behind);
}

// In a file with errors the kind sees defaults instead of the bad values. Its problems about anything but a sound value
// that is written may come from those, and are left out.
yaml::problems problems_of_sound_values(yaml::problems of_kind, const yaml::node& root, const yaml::problems& errors)
{
    std::set<position> values;
    collect_value_positions(root, values);
    auto sound = values;
    for (const yaml::problem& p : errors)
        sound.erase(p.code == yaml::codes::template_syntax ? value_containing(values, p.at)
                                                           : position(p.at.line, p.at.column));
    std::erase_if(of_kind, [&](const yaml::problem& p) { return !sound.contains({p.at.line, p.at.column}); });
    return of_kind;
}

} // namespace

void check_job(const std::string& path, const std::vector<job::kind_definition>& tables,
               const job::load_environment& around, const kinds::load_context* context, const file_fence& fence,
               yaml::problems& found)
{
    yaml::problems own;
    std::error_code no_folder; // a current folder that is gone leaves the path as it is
    const auto whole = std::filesystem::absolute(path, no_folder);
    auto text = yaml::read_file(no_folder ? path : whole.string(), fence, own);
    for (yaml::problem& p : own)
        p.at.file = path;
    if (text) {
        auto decoded = job::decode_leniently(std::move(*text), path, tables, around, own);
        const kinds::kind* k = decoded ? kinds::find_kind(decoded->kind) : nullptr;
        yaml::problems of_kind;
        if (k && context)
            k->prepare(*decoded, *context, of_kind);
        if (decoded && yaml::has_errors(own))
            of_kind = problems_of_sound_values(std::move(of_kind), decoded->kind_keys->root_node(), own);
        own.insert(own.end(), std::make_move_iterator(of_kind.begin()), std::make_move_iterator(of_kind.end()));
    }
    job::redact(own);
    found.insert(found.end(), std::make_move_iterator(own.begin()), std::make_move_iterator(own.end()));
}

} // namespace ulak::daemon
