import { linksTo } from "../../provider/http/linkHeader";

describe("the next links of a Link header", () => {
  it.each<[string, string[]]>([
    ["", []],
    ['</keys?page=2>; rel="next"', ["/keys?page=2"]],
    ["<?page=2>;rel=next", ["?page=2"]],
    ['<https://a.example/k?a=1,2;b>; rel="next"', ["https://a.example/k?a=1,2;b"]],
    ['</1>; rel="prev", </3>; rel="next", </9>; rel="last"', ["/3"]],
    ['</9>; rel="last" , ,\t</3> ; title="a, b; rel=\\"next\\"" ; REL = "NEXT nofollow"', ["/3"]],
    ['</3>; rel="first next"', ["/3"]],
    ['</3>; title="rel=next"', []],
    ['</3>; rel="next-archive"', []],
    ['</3>; rel="https://a.example/next"', []],
    ["</3>; rel", []],
    ['</3>; rel="prev"; rel="next"', []],
    ["</3>; crossorigin; rel=\"ne\\xt\"; title*=UTF-8''a%20b;", ["/3"]],
    ['</3>; anchor="#list"; rel="next"', ["/3"]],
    ['</3>; rel="next", </4>; rel="next"', ["/3", "/4"]],
    ['<>; rel="next"', [""]],
    ['</2>; rel="previous"; results="false", </3>; rel="next"; results="true"', ["/3"]],
    ['</3>; rel="next"; results="false"', []],
  ])("%s are %j", (header, targets) => {
    expect(linksTo(header, "next")).toEqual(targets);
  });

  it.each([
    "next",
    "/keys?page=2; rel=next",
    "</keys?page=2; rel=next",
    '</2>; rel="next',
    "</2>; rel=prev more",
    '</2>; rel="prev" </3>; rel="next"',
    "</1>; rel=prev, 3; rel=next",
  ])("cannot be read from %j, which may hide one", (header) => {
    expect(linksTo(header, "next")).toBeUndefined();
  });
});
