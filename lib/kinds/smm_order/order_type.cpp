#include "kinds/smm_order/order_type.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace ulak::kinds::smm {
namespace {

constexpr std::array<std::string_view, 1> comments{"comments"};
constexpr std::array<std::string_view, 2> replies{"username", "comments"};
constexpr std::array<std::string_view, 1> usernames{"usernames"};
constexpr std::array<std::string_view, 2> usernames_and_hashtags{"usernames", "hashtags"};
constexpr std::array<std::string_view, 1> hashtag{"hashtag"};
constexpr std::array<std::string_view, 1> username{"username"};
constexpr std::array<std::string_view, 1> media{"media"};
constexpr std::array<std::string_view, 1> answer_number{"answer_number"};
constexpr std::array<std::string_view, 1> groups{"groups"};
constexpr std::array<std::string_view, 1> keywords{"keywords"};
constexpr std::array<std::string_view, 3> posts{"username", "min", "max"};

constexpr std::array types{
    order_type{.name = "default"},
    order_type{.name = "package", .paid = payment::once, .takes_quantity = false},
    order_type{.name = "seo", .needs = keywords},
    order_type{.name = "customcomments",
               .paid = payment::per_thousand_lines,
               .takes_quantity = false,
               .lines_of = "comments",
               .needs = comments},
    order_type{.name = "commentreplies",
               .paid = payment::per_thousand_lines,
               .takes_quantity = false,
               .lines_of = "comments",
               .needs = replies},
    order_type{.name = "customcommentspackage", .paid = payment::once, .takes_quantity = false, .needs = comments},
    order_type{.name = "mentions", .needs = usernames},
    order_type{.name = "mentionswithhashtags", .needs = usernames_and_hashtags},
    order_type{.name = "mentionscustomlist",
               .paid = payment::per_thousand_lines,
               .takes_quantity = false,
               .lines_of = "usernames",
               .needs = usernames},
    order_type{.name = "mentionshashtag", .needs = hashtag},
    order_type{.name = "mentionsuserfollowers", .needs = username},
    order_type{.name = "mentionsmedialikers", .needs = media},
    order_type{.name = "commentlikes", .needs = username},
    order_type{.name = "poll", .needs = answer_number},
    order_type{.name = "invitesfromgroups", .needs = groups},
    order_type{.name = "webtraffic"},
    order_type{
        .name = "subscriptions", .paid = payment::open, .takes_quantity = false, .takes_link = false, .needs = posts},
};

std::string letters_of(std::string_view said)
{
    std::string name;
    for (const char c : said)
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
            name += c;
        else if (c >= 'A' && c <= 'Z')
            name += static_cast<char>(c - 'A' + 'a');
    return name;
}

} // namespace

const order_type* find_order_type(std::string_view said) noexcept
{
    const auto name = letters_of(said);
    if (name.empty())
        return said.empty() ? types.data() : nullptr;
    const auto* found = std::ranges::find(types, std::string_view(name), &order_type::name);
    return found == types.end() ? nullptr : found;
}

} // namespace ulak::kinds::smm
