#include "job/document.hpp"

#include "core/text.hpp"
#include "http/auth.hpp"
#include "job/detail/parameter_keys.hpp"
#include "job/detail/schedule_keys.hpp"
#include "job/detail/template_check.hpp"
#include "job/detail/template_slips.hpp"
#include "yaml/codes.hpp"
#include "yaml/parse.hpp"
#include "yaml/shape_check.hpp"
#include "yaml/source_text.hpp"

#include <algorithm>
#include <cctype>

namespace ulak::job {
namespace {

namespace codes = yaml::codes;

constexpr std::size_t longest_name = 64;
constexpr std::int64_t known_version = 1;

/// The file's name without its folder and without .yaml or .yml.
std::string name_of(const std::string& path)
{
    auto name = path.substr(path.rfind('/') + 1);
    for (std::string_view ending : {".yaml", ".yml"})
        if (name.ends_with(ending))
            return name.substr(0, name.size() - ending.size());
    return name;
}

bool is_valid_job_name(std::string_view name)
{
    auto fits = [](char c) {
        return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-' || c == '_' || c == '.';
    };
    return !name.empty() && name.size() <= longest_name && name.front() != '.' && name.front() != '-' &&
           std::ranges::all_of(name, fits);
}

const kind_definition* find_kind(const yaml::document& doc, const std::vector<kind_definition>& kinds)
{
    auto written = doc.root.find("kind");
    auto it = std::ranges::find(kinds, written == nullptr ? "" : written->text, &kind_definition::name);
    return it == kinds.end() ? nullptr : &*it;
}

/// Whether this is what was to be `kind`: there is no such key, and no other is as near to this one.
bool is_misspelt_kind(const yaml::document& doc, const std::string& key)
{
    if (doc.root.find("kind") != nullptr)
        return false;
    std::vector<std::string> names;
    std::ranges::transform(common_keys()->keys, std::back_inserter(names), &yaml::key::name);
    return nearest(key, names) == std::optional<std::string>("kind");
}

/// The common keys, and every other key of the file as `any`: without a kind it is not known which are right.
yaml::shape_ptr lenient_shape(const yaml::document& doc)
{
    auto made = *common_keys();
    for (const auto& [key, value] : doc.root.members)
        if (std::ranges::find(made.keys, key.text, &yaml::key::name) == made.keys.end() &&
            !is_misspelt_kind(doc, key.text))
            made.keys.push_back(yaml::optional(key.text, yaml::any("")));
    return std::make_shared<const yaml::shape>(std::move(made));
}

void report_unknown_kind(const yaml::reader& root, const std::vector<kind_definition>& kinds, yaml::problems& found)
{
    if (!root.has_valid("kind"))
        return;
    std::vector<std::string> names;
    std::ranges::transform(kinds, std::back_inserter(names), &kind_definition::name);
    auto written = root.text("kind");
    auto near = nearest(written, names);
    auto hint = (near ? "did you mean `" + *near + "`? " : "") + "Kinds: " + join(names, ", ");
    found.push_back(
        root.problem_at("kind", std::string(codes::unknown_kind), "there is no kind " + yaml::quoted(written), hint));
}

void check_version(const yaml::reader& root, yaml::problems& found)
{
    if (root.has_valid("version") && root.integer("version") != known_version)
        found.push_back(root.problem_at("version", std::string(codes::version),
                                        "this version of the file format is not known", "write `version: 1`"));
}

bool has_errors_from(const yaml::problems& found, std::size_t first)
{
    return std::any_of(found.begin() + static_cast<std::ptrdiff_t>(first), found.end(),
                       [](const yaml::problem& p) { return p.level == yaml::severity::error; });
}

/// For a person who checks a file; to the daemon a time that is over is nothing wrong.
void warn_of_past(const yaml::reader& root, const schedule& when, wall_point now, yaml::problems& found)
{
    if (!when.at || *when.at >= now)
        return;
    auto p = root.record("schedule").problem_at("at", std::string(codes::never_fires),
                                                "this time is past: " + rfc3339(*when.at),
                                                "a new job catches nothing up; write a time that comes");
    p.level = yaml::severity::warning;
    found.push_back(std::move(p));
}

/// The keys that all kinds have, with defaults where they are wrong.
document read_common(const yaml::reader& root, const kind_definition* kind, const load_environment& environment,
                     yaml::problems& found)
{
    document made;
    check_version(root, found);
    made.description = root.text("description");
    made.enabled = root.boolean("enabled");
    made.parameters = read_parameters(root, found);
    made.when = read_schedule(root, environment.zone, found);
    if (made.when && environment.now)
        warn_of_past(root, *made.when, *environment.now, found);
    made.limits = read_budget(root, kind != nullptr && kind->spends, found);
    made.concurrency = static_cast<int>(root.integer("concurrency"));
    made.notify = read_notify(root, environment.channels, found);
    return made;
}

} // namespace

std::optional<yaml::problem> job_name_problem(const std::string& name, const std::string& path)
{
    if (is_valid_job_name(name))
        return std::nullopt;
    return yaml::problem{{path, 0, 0},
                         yaml::severity::error,
                         std::string(codes::job_name),
                         "`" + printable(name, 80) + "` cannot be a job's name",
                         "name the file with up to 64 letters from a to z, digits, `-`, `_` and `.`",
                         {}};
}

std::optional<document> decode_leniently(std::string text, const std::string& path,
                                         const std::vector<kind_definition>& kinds, const load_environment& environment,
                                         yaml::problems& found)
{
    // the file: its name and its syntax
    auto name = name_of(path);
    if (auto wrong = job_name_problem(name, path))
        yaml::add_problem(found, std::move(*wrong));
    auto parsed = yaml::parse(std::move(text), path, found);
    if (!parsed)
        return std::nullopt;
    auto doc = std::make_shared<const yaml::document>(std::move(*parsed));
    // the keys, by the table of the kind
    auto kind = find_kind(*doc, kinds);
    auto table = kind == nullptr ? lenient_shape(*doc) : keys_of(*kind);
    yaml::check(*doc, *table, found);
    yaml::reader root(doc, table);
    if (kind == nullptr)
        report_unknown_kind(root, kinds, found);
    // what the keys mean
    check_templates(*doc, *table, found);
    auto made = read_common(root, kind, environment, found);
    if (kind == nullptr)
        return std::nullopt;
    warn_of_template_slips(*doc, *table, found);
    made.name = std::move(name);
    made.file = path;
    made.kind = kind->name;
    made.source = doc->source;
    made.digest = http::sha256_hex(made.source);
    made.kind_keys = std::move(root);
    return made;
}

std::optional<document> decode(std::string text, const std::string& path, const std::vector<kind_definition>& kinds,
                               const load_environment& environment, yaml::problems& found)
{
    const auto before = found.size();
    auto made = decode_leniently(std::move(text), path, kinds, environment, found);
    return has_errors_from(found, before) ? std::nullopt : std::move(made);
}

} // namespace ulak::job
