// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/populationwork.h"

#include "models/shares.h"
#include "models/textfile.h"

#include <evaluation/compiled.h>
#include <evaluation/evaluate.h>
#include <evaluation/text.h>

#include <QFileInfo>
#include <QSaveFile>

namespace edgewise::models {

using namespace Qt::StringLiterals;
using evaluation::FlagAddress;
using evaluation::Move;

namespace {

void expect(const PopulationSource &source, int passes, JobProgress &progress)
{
    if (source.isGenerated())
        progress.expected = source.plan.count * passes;
    else
        progress.bytesExpected = QFileInfo(source.file).size() * passes;
}

/// A state that lacks the flag is no error here: the other one may have it.
Result<evaluation::Tally> tallyOf(const ProgramPointer &program,
                                  const evaluation::Simulation &simulation,
                                  const PopulationSource &source, const ProgressPointer &progress,
                                  std::vector<evaluation::MalformedRow> &malformedRows)
{
    Result<OpenPopulation> population = OpenPopulation::open(source, progress);
    if (!population)
        return population.error();
    Result<evaluation::Tally> tally =
        evaluation::simulate(*program, simulation, population->entities(), *progress);
    if (!tally && tally.error().kind == Error::Kind::NotFound)
        return evaluation::Tally();
    malformedRows = population->entities().malformedRows();
    return tally;
}

QString contextText(const evaluation::Entity &entity)
{
    QStringList words;
    for (const evaluation::Property &property : entity.context)
        words.append(evaluation::fromUtf8(property.name) + u'='
                     + evaluation::fromUtf8(property.value));
    return words.join(u' ');
}

/// A flag of one state, found once for all entities.
struct FlagPlace {
    const evaluation::CompiledNamespace *nameSpace = nullptr;
    const evaluation::CompiledFlag *flag = nullptr;

    FlagPlace(const evaluation::Program &program, const FlagAddress &address)
        : nameSpace(program.nameSpace(evaluation::utf8(address.nameSpace.text())))
    {
        if (nameSpace)
            flag = nameSpace->flag(evaluation::utf8(address.flag.text()));
    }

    void ask(const evaluation::Entity &entity, evaluation::Outcome &outcome) const
    {
        if (!flag) {
            outcome = {};
            outcome.status = 404;
            return;
        }
        evaluation::Request request;
        request.entity = entity.id;
        request.context = entity.context;
        evaluate(*nameSpace, *flag, request, outcome);
    }
};

/// A list of moves as a file, a line at a time.
class MoveWriter {
public:
    explicit MoveWriter(const QString &file)
        : m_file(file), m_isJson(file.endsWith(u".json"_qs, Qt::CaseInsensitive))
    {
    }

    bool open()
    {
        return m_file.open(QIODevice::WriteOnly)
               && put(m_isJson ? QByteArray("[")
                               : QByteArray("namespace,flag,entity,before,decided by,after,"
                                            "decided by\r\n"));
    }
    void write(const Move &move)
    {
        m_failed = m_failed || !put(m_isJson ? asJson(move) : asCsv(move));
        ++m_count;
    }
    Result<qint64> close()
    {
        const bool isWritten = !m_failed && (!m_isJson || put("\n]\n")) && m_file.commit();
        return isWritten ? Result<qint64>(m_count) : fileError(u"exporting moves"_qs, m_file);
    }
    Error error() const { return fileError(u"exporting moves"_qs, m_file); }

private:
    bool put(const QByteArray &text) { return m_file.write(text) == text.size(); }

    /// From 1, as people count; empty for no rule or rollout.
    static QString step(const evaluation::Served &served)
    {
        return served.decidedBy < 0 ? QString() : QString::number(served.decidedBy + 1);
    }
    static QByteArray asCsv(const Move &move)
    {
        QByteArrayList fields;
        for (const QString &text :
             {move.flag.nameSpace.text(), move.flag.flag.text(), evaluation::fromUtf8(move.entity),
              answerName(move.before.answer), step(move.before), answerName(move.after.answer),
              step(move.after)})
            fields.append(csvField(text));
        return fields.join(',') + "\r\n";
    }
    QByteArray asJson(const Move &move) const
    {
        const auto side = [](const evaluation::Served &served) {
            return QJsonObject{{u"answer"_qs, answerName(served.answer)},
                               {u"decidedBy"_qs, served.decidedBy < 0
                                                     ? QJsonValue()
                                                     : QJsonValue(served.decidedBy + 1)}};
        };
        const QJsonObject object{{u"namespace"_qs, move.flag.nameSpace.text()},
                                 {u"flag"_qs, move.flag.flag.text()},
                                 {u"entity"_qs, evaluation::fromUtf8(move.entity)},
                                 {u"before"_qs, side(move.before)},
                                 {u"after"_qs, side(move.after)}};
        return (m_count > 0 ? ",\n" : "\n") + QJsonDocument(object).toJson(QJsonDocument::Compact);
    }

    QSaveFile m_file;
    bool m_isJson;
    bool m_failed = false;
    qint64 m_count = 0;
};

} // namespace

bool MovementCell::holds(const evaluation::AnswerKey &otherBefore,
                         const evaluation::AnswerKey &otherAfter) const
{
    return answerName(before) == answerName(otherBefore)
           && answerName(after) == answerName(otherAfter);
}

Result<TallyAnswer> tally(const ProgramPointer &first, const ProgramPointer &second,
                          const evaluation::Simulation &simulation, const PopulationSource &source,
                          const ProgressPointer &progress)
{
    expect(source, second ? 2 : 1, *progress);
    TallyAnswer answer;
    const auto one = tallyOf(first, simulation, source, progress, answer.malformedRows);
    if (!one)
        return one.error();
    answer.first = *one;
    if (second) {
        const auto two = tallyOf(second, simulation, source, progress, answer.malformedRows);
        if (!two)
            return two.error();
        answer.second = *two;
    }
    return answer;
}

Result<MovementAnswer> movement(const ProgramPointer &before, const ProgramPointer &after,
                                const std::vector<FlagAddress> &flags,
                                const PopulationSource &source, const ProgressPointer &progress)
{
    expect(source, 1, *progress);
    const std::vector<FlagAddress> asked = flags.empty() ? changedFlags(*before, *after) : flags;
    MovementAnswer answer;
    if (asked.empty())
        return answer;
    Result<OpenPopulation> population = OpenPopulation::open(source, progress);
    if (!population)
        return population.error();
    const auto compared = compare(*before, *after, asked, population->entities(), *progress, {});
    if (!compared)
        return compared.error();
    answer.movement = *compared;
    answer.malformedRows = population->entities().malformedRows();
    return answer;
}

Result<std::vector<CellEntity>> entitiesOf(const ProgramPointer &before,
                                           const ProgramPointer &after, const MovementCell &cell,
                                           const PopulationSource &source, size_t limit,
                                           const ProgressPointer &progress)
{
    expect(source, 1, *progress);
    Result<OpenPopulation> population = OpenPopulation::open(source, progress);
    if (!population)
        return population.error();
    const FlagPlace places[] = {{*before, cell.flag}, {*after, cell.flag}};
    std::vector<CellEntity> found;
    evaluation::Batch batch;
    evaluation::Outcome outcomes[2];
    while (found.size() < limit && population->entities().next(batch)) {
        if (progress->isCancelled)
            return Error{.kind = Error::Kind::Cancelled,
                         .step = u"listing entities"_qs,
                         .detail = u"it was cancelled"_qs};
        progress->done += qint64(batch.entities().size());
        for (const evaluation::Entity &entity : batch.entities()) {
            places[0].ask(entity, outcomes[0]);
            places[1].ask(entity, outcomes[1]);
            if (found.size() < limit && cell.holds(answerKey(outcomes[0]), answerKey(outcomes[1])))
                found.push_back({evaluation::fromUtf8(entity.id), contextText(entity),
                                 outcomes[0].decidedBy, outcomes[1].decidedBy});
        }
    }
    return found;
}

Result<qint64> exportMoves(const ProgramPointer &before, const ProgramPointer &after,
                           const std::vector<FlagAddress> &flags, const PopulationSource &source,
                           const QString &file, const ProgressPointer &progress)
{
    expect(source, 1, *progress);
    Result<OpenPopulation> population = OpenPopulation::open(source, progress);
    if (!population)
        return population.error();
    MoveWriter writer(file);
    if (!writer.open())
        return writer.error();
    const auto compared = compare(*before, *after, flags, population->entities(), *progress,
                                  [&](Move &&move) { writer.write(move); });
    if (!compared)
        return compared.error();
    return writer.close();
}

} // namespace edgewise::models
