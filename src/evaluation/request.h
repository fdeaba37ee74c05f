// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <string_view>

namespace edgewise::evaluation {

struct Property {
    std::string_view name;
    std::string_view value;
};

/// One question. The texts are valid UTF-8 (see text.h) and belong to the caller, who keeps them
/// while the request and its outcome are in use.
struct Request {
    enum class Kind {
        Variant,
        Boolean,
        ByFlag, ///< whichever the flag is, as in a batch
    };

    Kind kind = Kind::ByFlag;
    std::string_view nameSpace; ///< empty means "default"
    std::string_view flag;
    std::string_view entity;
    std::span<const Property> context; ///< of two with one name the later one counts
};

} // namespace edgewise::evaluation
