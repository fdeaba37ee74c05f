// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/result.h>
#include <models/contextmodel.h>

#include <QString>

namespace edgewise::models {

/// A context as the JSON object that goes into Flipt's requests: names and texts. In its order,
/// a property a line.
QString printContext(const ContextModel::Context &context);

/// The other way round; an empty text is an empty context. Input, with line and column, for what is
/// no such object: Flipt takes texts alone (Flipt: rpc/flipt/evaluation/evaluation.proto,
/// map<string, string>), so a number is refused with how to write it.
Result<ContextModel::Context> parseContext(const QString &text);

} // namespace edgewise::models
