using System.Collections.Immutable;

namespace IotAttest.Domain.Gate;

/// <summary>What a gate says about one board.</summary>
/// <param name="Decision">What to do in the mode that was asked for.</param>
/// <param name="Enforced">What <see cref="GateMode.Enforce"/> would have said.</param>
/// <param name="Reasons">Codes: what holds the board back, the conformity, then every drift, then every condition that applies; never empty.</param>
public sealed record GateAnswer(GateDecision Decision, GateDecision Enforced, ImmutableArray<string> Reasons);
