#include "providers/detail/json_builder.hpp"

#include <algorithm>
#include <numeric>
#include <tuple>

namespace ulak::providers {
namespace {

bool same_value(const json_value& a, const json_value& b)
{
    const auto same_member = [](const auto& x, const auto& y) {
        return x.first == y.first && same_value(x.second, y.second);
    };
    return a.kind == b.kind && a.truth == b.truth && a.text == b.text &&
           std::equal(a.items.begin(), a.items.end(), b.items.begin(), b.items.end(), same_value) &&
           std::equal(a.members.begin(), a.members.end(), b.members.begin(), b.members.end(), same_member);
}

constexpr std::size_t usual_members = 6, pairwise_limit = 8;

bool has_conflict_among_few(const json_value& object)
{
    const auto& all = object.members;
    for (std::size_t i = 1; i < all.size(); ++i)
        for (std::size_t j = 0; j < i; ++j)
            if (all[i].first == all[j].first && !same_value(all[i].second, all[j].second))
                return true;
    return false;
}

// Sorted rather than compared each with each: an object of a hundred thousand keys must not cost minutes.
bool has_conflict(const json_value& object)
{
    if (object.members.size() <= pairwise_limit)
        return has_conflict_among_few(object);
    std::vector<const std::pair<std::string, json_value>*> order;
    for (const auto& member : object.members)
        order.push_back(&member);
    std::sort(order.begin(), order.end(), [](const auto* a, const auto* b) { return a->first < b->first; });
    for (std::size_t i = 1; i < order.size(); ++i)
        if (order[i - 1]->first == order[i]->first && !same_value(order[i - 1]->second, order[i]->second))
            return true;
    return false;
}

} // namespace

bool json_builder::on_object_end(std::size_t, error_code&)
{
    conflicting_keys_ = conflicting_keys_ || has_conflict(*open_containers_.back());
    return end_container();
}

bool json_builder::on_bool(bool truth, error_code& ec)
{
    json_value* v = new_value(ec);
    if (v == nullptr)
        return false;
    v->kind = json_value::type::boolean;
    v->truth = truth;
    return true;
}

bool json_builder::collect(std::string& into, text_part s)
{
    into.append(s.data(), s.size());
    return true;
}

bool json_builder::begin_container(json_value::type what, error_code& ec)
{
    json_value* v = new_value(ec);
    if (v == nullptr)
        return false;
    v->kind = what;
    open_containers_.push_back(v);
    return true;
}

bool json_builder::end_container()
{
    open_containers_.pop_back();
    return true;
}

bool json_builder::scalar(json_value::type what, text_part last, error_code& ec)
{
    json_value* v = new_value(ec);
    if (v == nullptr)
        return false;
    v->kind = what;
    v->text.assign(text_).append(last.data(), last.size());
    text_.clear();
    return true;
}

json_value* json_builder::new_value(error_code& ec)
{
    if (++values_ > max_values) {
        ec = boost::json::make_error_code(boost::json::error::array_too_large);
        return nullptr;
    }
    if (open_containers_.empty())
        return &root_;
    json_value& parent = *open_containers_.back();
    return parent.is_array() ? &parent.items.emplace_back() : member_of(parent);
}

json_value* json_builder::member_of(json_value& object)
{
    if (object.members.capacity() == 0)
        object.members.reserve(usual_members);
    auto& member = object.members.emplace_back(std::piecewise_construct, std::forward_as_tuple(std::move(key_)),
                                               std::forward_as_tuple());
    key_.clear();
    return &member.second;
}

} // namespace ulak::providers
