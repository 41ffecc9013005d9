// The parts of a parsed template.
#pragma once

#include <string>
#include <vector>

namespace ulak::job {

/// "cut(11)": the filter's name and its argument; empty for filters without one.
struct template_filter {
    std::string name;
    std::string argument;
};

/// A stretch of text, or a reference to a value: a name with its filters, from left to right.
struct template_piece {
    std::string literal;
    std::string name; ///< empty: a literal
    std::vector<template_filter> filters;
};

} // namespace ulak::job
