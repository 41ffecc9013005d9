#include "kinds/smm_order/settings.hpp"

#include "core/checked.hpp"
#include "core/text.hpp"
#include "kinds/loading.hpp"
#include "kinds/smm_order/order_job.hpp"

#include <array>
#include <charconv>
#include <set>
#include <tuple>

namespace ulak::kinds::smm {
namespace {

using namespace std::chrono_literals;

void read_drip(checker& check, const yaml::reader& own, settings& s)
{
    if (!own.has("drip"))
        return;
    const yaml::reader r = own.record("drip");
    s.drip_runs = r.integer("runs");
    const auto every = r.duration("every");
    s.drip_minutes = std::chrono::duration_cast<std::chrono::minutes>(every).count();
    if (every < 1min || every % 1min != 0ms)
        check.error(r, "every", codes::bad_drip,
                    "panels count the pause in whole minutes, not " + duration_text(every));
}

void read_expectations(checker& check, const yaml::reader& own, settings& s)
{
    if (!own.has("expect"))
        return;
    const yaml::reader r = own.record("expect");
    s.expect_name = r.text("name");
    if (!r.has("rate"))
        return;
    auto rate = parse_rate(r.text("rate"));
    if (rate)
        s.expect_rate = std::move(*rate);
    else
        check.error(r, "rate", codes::bad_rate, rate.error().message, "0.95 USD/1000");
}

struct own_field {
    const char *name, *doc, *example;
};

/// Fields of order types that are lists, a line each.
constexpr std::array list_fields{
    own_field{"comments", "The comments, one a line.", nullptr},
    own_field{"usernames", "The users to mention.", nullptr},
    own_field{"hashtags", "The hashtags to mention with.", nullptr},
    own_field{"groups", "The groups from which users are invited.", nullptr},
    own_field{"keywords", "The keywords of a search.", nullptr},
};

constexpr std::array text_fields{
    own_field{"username", "The user whose comments, followers or new posts count.", "marka"},
    own_field{"hashtag", "The hashtag whose users are mentioned.", "istanbul"},
    own_field{"media", "The post whose likers are mentioned.", "https://example.com/p"},
    own_field{"answer_number", "The answer of a poll.", "2"},
    own_field{"min", "Of a subscription: the least for each post.", "100"},
    own_field{"max", "Of a subscription: the most for each post.", "110"},
    own_field{"posts", "Of a subscription: how many new posts; without it, all until `expiry`.", "10"},
    own_field{"old_posts", "Of a subscription: how many posts that exist.", "5"},
    own_field{"delay", "Of a subscription: minutes before a post is served.", "30"},
    own_field{"expiry", "Of a subscription: the last day, as the panel writes it.", "31/12/2026"},
    own_field{"country", "Of web traffic: the visitors' country.", "TR"},
    own_field{"device", "Of web traffic: the visitors' device, by the panel's number.", "1"},
    own_field{"type_of_traffic", "Of web traffic: by the panel's number.", "1"},
    own_field{"google_keyword", "Of web traffic: the word that is searched for.", "ulak"},
    own_field{"referring_url", "Of web traffic: where the visitors come from.", "https://example.com"},
};

/// Lists become lines, as panels want comments.
std::optional<std::string> field_of(const yaml::node& value)
{
    if (value.node_kind == yaml::node::kind::scalar)
        return value.text;
    if (value.node_kind != yaml::node::kind::list)
        return std::nullopt;
    std::string lines;
    for (const yaml::node& item : value.items) {
        if (item.node_kind != yaml::node::kind::scalar)
            return std::nullopt;
        append_joined(lines, "\n", item.text);
    }
    return lines;
}

void check_extra_size(checker& check, const yaml::reader& own, const yaml::node& name, const yaml::node& value,
                      const std::string& field)
{
    if (value.items.size() > max_extra_lines)
        check.error(own, "extra", codes::bad_extra,
                    "the field " + printable(name.text, 80) + " has " + std::to_string(value.items.size()) +
                        " lines, at most " + std::to_string(max_extra_lines) + " are sent");
    else if (field.size() > max_extra_bytes)
        check.error(own, "extra", codes::bad_extra,
                    "the field " + printable(name.text, 80) + " has " + std::to_string(field.size()) +
                        " bytes, at most " + std::to_string(max_extra_bytes) + " are sent");
}

void read_list_field(checker& check, const yaml::reader& own, const char* name, settings& s)
{
    const yaml::node* value = own.raw_node(name);
    if (value == nullptr || value->node_kind == yaml::node::kind::null)
        return;
    auto field = field_of(*value);
    if (!field)
        return check.error(own, name, codes::bad_extra,
                           "the field " + std::string(name) + " is neither a text nor a list of texts",
                           std::string(name) + ": [Nice, Wow]");
    if (value->items.size() > max_extra_lines || field->size() > max_extra_bytes)
        return check.error(own, name, codes::bad_extra,
                           "the field " + std::string(name) + " has more than " + std::to_string(max_extra_lines) +
                               " lines or " + std::to_string(max_extra_bytes) + " bytes");
    s.extra[name] = std::move(*field);
}

/// Those of order types that have keys of their own.
void read_fields(checker& check, const yaml::reader& own, settings& s)
{
    for (const own_field& f : list_fields)
        read_list_field(check, own, f.name, s);
    for (const own_field& f : text_fields)
        if (own.has(f.name))
            s.fields[f.name] = check.text(own, f.name);
}

void read_extra(checker& check, const yaml::reader& own, settings& s)
{
    static const std::set<std::string> taken{"key", "action", "service", "link", "quantity", "runs", "interval"};
    const yaml::node* extra = own.raw_node("extra");
    if (extra == nullptr || extra->node_kind == yaml::node::kind::null)
        return;
    if (extra->node_kind != yaml::node::kind::map)
        return check.error(own, "extra", codes::bad_extra, "extra is a record of further fields",
                           "extra: {comments: [Nice, Wow]}");
    for (const auto& [name, value] : extra->members) {
        auto field = field_of(value);
        const bool twice = s.extra.contains(name.text) || s.fields.contains(name.text);
        if (!field || twice || taken.contains(name.text))
            check.error(own, "extra", codes::bad_extra,
                        "the field " + printable(name.text, 80) +
                            (!field  ? " is neither a text nor a list of texts"
                             : twice ? " is given twice"
                                     : " is sent anyway"));
        else {
            check_extra_size(check, own, name, value, *field);
            s.extra[name.text] = std::move(*field);
        }
    }
}

void check_quantity(checker& check, const yaml::reader& own, const settings& s)
{
    if (!s.quantity.is_literal() || s.quantity.source().empty())
        return;
    const auto n = parse_quantity(s.quantity.source());
    if (!n)
        return check.error(own, "quantity", codes::not_a_number, n.error().message);
    if (const auto total = total_quantity(*n, s.drip_runs); !total)
        check.error(own.record("drip"), "runs", codes::bad_drip, total.error().message);
}

yaml::shape_ptr track_keys()
{
    using namespace yaml;
    return record("How the order is followed.",
                  {optional("poll", record("The time between two looks.",
                                           {optional("first", duration("After the first look.", "30s"), "30s"),
                                            optional("max", duration("It grows up to this.", "15m"), "15m")})),
                   optional("stalled_after", duration("Tells when nothing moved for this long.", "24h"), "24h"),
                   optional("give_up_after", duration("Then a person has to look.", "7d"), "7d")});
}

std::vector<yaml::key> field_keys()
{
    std::vector<yaml::key> keys;
    for (const own_field& f : list_fields)
        keys.push_back(yaml::optional(f.name, yaml::any(std::string(f.doc) + " A list, or a text of lines.")));
    for (const own_field& f : text_fields)
        keys.push_back(yaml::optional(f.name, yaml::template_text(f.doc, f.example)));
    return keys;
}

} // namespace

result<std::int64_t> parse_quantity(std::string_view text)
{
    const std::string_view digits = trim(text);
    std::int64_t n = 0;
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), n);
    const bool whole = read.ec == std::errc() && read.ptr == digits.data() + digits.size();
    if (!whole || n <= 0 || n > max_quantity)
        return error(errc::validation, "a quantity is a whole number above 0 and up to " +
                                           std::to_string(max_quantity) + ", not " + printable(digits, 40));
    return n;
}

result<std::int64_t> total_quantity(std::int64_t quantity, std::optional<std::int64_t> drip_runs)
{
    const auto total = checked_product(quantity, drip_runs.value_or(1));
    if (!total || *total > max_quantity)
        return error(errc::validation, std::to_string(drip_runs.value_or(1)) + " runs of " + std::to_string(quantity) +
                                           " are more than " + std::to_string(max_quantity) + " together");
    return *total;
}

result<money> parse_rate(std::string_view text)
{
    constexpr std::string_view per_thousand = "/1000";
    if (text.ends_with(per_thousand))
        text.remove_suffix(per_thousand.size());
    auto m = money::parse(trim(text));
    if (!m || m->amount.negative())
        return error(errc::invalid_argument, "a rate is an amount per thousand");
    return *m;
}

job::kind_definition table()
{
    using namespace yaml;
    job::kind_definition t;
    t.name = "smm.order";
    t.moments = {"partial", "canceled", "stalled", "completed", "charge-mismatch"};
    t.spends = true;
    std::vector<key> keys{
        required("account", text("An account at a panel.", "panel")),
        required("service", template_text("The panel's number of the service.", "1")),
        optional("link", template_text("What the order is for; all types but subscriptions have it.", "${link}")),
        optional("quantity", template_text("How many; packages and lists of comments have none.", "1000")),
        optional("drip", record("Several runs with a pause between them.",
                                {required("runs", integer("How many runs.", 2, max_drip_runs)),
                                 required("every", duration("The pause, in whole minutes.", "60m"))})),
        optional("max_cost", amount("Nothing is ordered above this, all runs of a drip together. Types whose cost "
                                    "nobody can tell beforehand, such as subscriptions, need it: so much is booked.",
                                    "5 USD")),
        optional("expect", record("What the service must be, or nothing is ordered: panels reuse their numbers.",
                                  {optional("name", text("Its name as the panel writes it.", "Followers")),
                                   optional("rate", text("Its price per thousand, at most.", "0.95 USD/1000"))})),
        optional(
            "same_link",
            choice("While another run follows an order for the same link: refuse, wait for it, or order all the same.",
                   {"refuse", "queue", "allow"}),
            "refuse"),
        optional("track", track_keys()),
        optional("extra", any("Further fields, as the panel names them; lists become lines."))};
    for (key& k : field_keys())
        keys.push_back(std::move(k));
    t.keys = record("Places an order on a panel and follows it to the end.", std::move(keys));
    return t;
}

std::shared_ptr<const prepared_job> prepare(const job::document& file, const load_context& around,
                                            yaml::problems& found)
{
    checker check(file, around, found);
    const yaml::reader& own = *file.kind_keys;
    settings s;
    s.account = own.text("account");
    s.service = check.text(own, "service");
    if (own.has("max_cost"))
        s.max_cost = own.amount("max_cost");
    s.link = check.text(own, "link");
    s.quantity = check.text(own, "quantity");
    read_drip(check, own, s);
    check_quantity(check, own, s);
    read_expectations(check, own, s);
    read_fields(check, own, s);
    read_extra(check, own, s);
    if (!own.has("link") && !s.fields.contains("username") && !s.extra.contains("username"))
        check.error(own, "service", codes::bad_extra, "an order needs a link, or the username of a subscription",
                    "link: https://example.com/p");
    if (!own.has("quantity") && s.extra.empty() && s.fields.empty())
        check.warning(own, "service", codes::not_a_number,
                      "no quantity: the panel takes such an order of a package only", "quantity: 1000");
    const std::string same = own.text("same_link");
    s.on_same_link = same == "queue" ? same_link::queue : same == "allow" ? same_link::allow : same_link::refuse;
    const yaml::reader track = own.record("track");
    std::tie(s.tracking.poll_first, s.tracking.poll_max) = check.poll_intervals(track);
    s.tracking.stalled_after = track.duration("stalled_after");
    s.tracking.give_up_after = track.duration("give_up_after");
    if (const auto account = check.account(own, "account")) {
        if (!account->panel)
            check.error(own, "account", codes::unsupported_capability,
                        account->name + " (" + account->provider + ") is no panel");
        else
            check.check_budget(*account);
    }
    if (check.failed())
        return nullptr;
    return std::make_shared<const order_job>(std::move(s));
}

} // namespace ulak::kinds::smm
