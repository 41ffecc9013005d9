#include "providers/json_tree.hpp"

#include <algorithm>
#include <numeric>

namespace ulak::providers {
namespace {

bool same(const json_value& a, const json_value& b)
{
    const auto same_member = [](const auto& x, const auto& y) {
        return x.first == y.first && same(x.second, y.second);
    };
    return a.what == b.what && a.truth == b.truth && a.text == b.text &&
           std::equal(a.items.begin(), a.items.end(), b.items.begin(), b.items.end(), same) &&
           std::equal(a.members.begin(), a.members.end(), b.members.begin(), b.members.end(), same_member);
}

// Sorted rather than compared each with each: an object of a hundred thousand keys must not cost minutes.
bool has_conflict(const json_value& object)
{
    std::vector<const std::pair<std::string, json_value>*> order;
    for (const auto& member : object.members)
        order.push_back(&member);
    std::sort(order.begin(), order.end(), [](const auto* a, const auto* b) { return a->first < b->first; });
    for (std::size_t i = 1; i < order.size(); ++i)
        if (order[i - 1]->first == order[i]->first && !same(order[i - 1]->second, order[i]->second))
            return true;
    return false;
}

} // namespace

bool json_tree::on_object_end(std::size_t, code& ec)
{
    conflicting_keys_ = conflicting_keys_ || has_conflict(open_.back().value);
    return close(ec);
}

bool json_tree::on_key(word s, std::size_t, code&)
{
    collect(key_, s);
    pending_key_ = std::move(key_);
    key_.clear();
    return true;
}

bool json_tree::on_bool(bool truth, code& ec)
{
    json_value v;
    v.what = json_value::kind::boolean;
    v.truth = truth;
    return add(std::move(v), ec);
}

bool json_tree::collect(std::string& into, word s)
{
    into.append(s.data(), s.size());
    return true;
}

bool json_tree::open(json_value::kind what, code& ec)
{
    if (!count(ec))
        return false;
    level next;
    next.value.what = what;
    next.key = std::move(pending_key_);
    pending_key_.clear();
    open_.push_back(std::move(next));
    return true;
}

bool json_tree::close(code& ec)
{
    level done = std::move(open_.back());
    open_.pop_back();
    --values_; // counted when it was opened
    pending_key_ = std::move(done.key);
    return add(std::move(done.value), ec);
}

bool json_tree::scalar(json_value::kind what, word last, code& ec)
{
    collect(text_, last);
    json_value v;
    v.what = what;
    v.text = std::move(text_);
    text_.clear();
    return add(std::move(v), ec);
}

bool json_tree::add(json_value v, code& ec)
{
    if (!count(ec))
        return false;
    if (open_.empty())
        root_ = std::move(v);
    else if (open_.back().value.is_array())
        open_.back().value.items.push_back(std::move(v));
    else
        open_.back().value.members.emplace_back(std::move(pending_key_), std::move(v));
    pending_key_.clear();
    return true;
}

bool json_tree::count(code& ec)
{
    if (++values_ <= max_values)
        return true;
    ec = boost::json::make_error_code(boost::json::error::array_too_large);
    return false;
}

} // namespace ulak::providers
